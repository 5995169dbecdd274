"""Writing an answer: outlines, the preview, revisions."""

import pytest

from prep.content import questions
from prep.practice import answer_outline, answers
from prep.ui.practice import editor
from tests.pages.conftest import texts, unfold


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "0 words, 0.0 min spoken"), ("word " * 1300, "1,300 words, 10.0 min spoken")],
)
def test_an_answer_is_measured_in_words_and_minutes(text, said):
    assert editor.measures(text) == said


def test_an_empty_answer_begins_with_an_outline(open_page, db):
    page = open_page("answer", id="L-01")
    assert "What you write shows here" in texts(page)
    page.button(key=f"outline-{answer_outline.STAR}").click().run()
    expected = answer_outline.template(db, questions.get(db, "L-01"), answer_outline.STAR)
    assert answers.draft(db, "L-01") == expected
    assert "draft kept, not saved" in texts(page)


def test_a_draft_is_saved_or_discarded(open_page, db, clock):
    answers.keep_draft(db, clock, "SD-001", "first")
    page = open_page("question", id="SD-001", view="answer")
    page.button(key="save-answer").click().run()
    assert answers.get(db, "SD-001") == "first"
    answers.keep_draft(db, clock, "SD-001", "second")
    page = open_page("question", id="SD-001", view="answer")
    page.button(key="discard").click().run()
    assert answers.typed(db, "SD-001") == "first"


def test_an_earlier_revision_is_compared_and_restored(open_page, db, clock):
    for text in ("one\n", "two\n"):
        answers.save(db, clock, "SD-001", text)
    page = unfold(open_page("question", id="SD-001", view="answer"), "revisions")
    assert "This is what is saved now." in texts(page)
    revision = page.selectbox(key="revision")
    revision.select_index(1).run()
    assert "-one" in page.code[0].value and "+two" in page.code[0].value
    page.button(key="restore").click().run()
    assert answers.get(db, "SD-001") == "one\n"
    assert [found.body for found in answers.revisions(db, "SD-001")] == ["one\n", "two\n", "one\n"]


def test_markup_of_pictures_is_not_fetched_in_the_preview(open_page, db, clock):
    answers.save(db, clock, "SD-001", "![a](https://example.org/a.png)")
    assert "\\![a](https" in texts(open_page("question", id="SD-001", view="answer"))
