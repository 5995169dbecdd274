"""Writing an answer: outlines, the preview, revisions."""

import pytest

from prep.content import questions
from prep.practice import answer_outline, answers
from prep.progress import settings
from prep.ui.practice import editor
from tests.pages.conftest import texts, unfold


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0 words, 0.0 min spoken"),
        ("## Task\n\n\n## Action\n", "0 words, 0.0 min spoken"),
        ("word", "1 word, 0.0 min spoken"),
        ("word " * 1300, "1,300 words, 10.0 min spoken"),
    ],
)
def test_an_answer_is_measured_in_words_and_minutes(text, said):
    assert editor.measures(text) == said
    assert editor.measures(text, 3) == said.replace(" min", " of about 3 min")


def test_a_behavioral_answer_is_measured_by_the_minutes_that_are_set(open_page, db, clock):
    for question_id in ("L-01", "SD-001"):
        answers.save(db, clock, question_id, "word " * 260)
    assert "2.0 of about 3 min spoken" in texts(open_page("question", id="L-01", view="answer"))
    settings.change(db, clock, {"speaking_minutes": "2"})
    assert "2.0 of about 2 min spoken" in texts(open_page("question", id="L-01", view="answer"))
    assert "2.0 min spoken" in texts(open_page("question", id="SD-001", view="answer"))


@pytest.mark.parametrize(("question_id", "first"), [("L-01", "Situation"), ("SD-001", "Require")])
def test_an_empty_answer_begins_with_an_outline(open_page, db, question_id, first):
    page = open_page("question", id=question_id, view="answer")
    assert "What you write shows here" in texts(page)
    page.button(key="outline-answer").click().run()
    expected = answer_outline.template(questions.get(db, question_id), "EM+DIR")
    assert answers.draft(db, question_id) == expected
    said = texts(page)
    assert "0 words, 0.0 " in said and " min spoken · draft kept, not saved" in said
    assert f"Next: **{first}" in said
    assert "What you write shows here" in said and "## " not in said


def test_a_heading_that_nothing_stands_below_is_shown_nowhere(open_page, db, clock):
    answers.save(db, clock, "SD-001", "## Requirements\n\nMany users.\n\n## Estimates\n\n\n")
    for name in ("answer", "question"):
        said = texts(open_page(name, id="SD-001"))
        assert "## Requirements\n\nMany users." in said
        assert "## Estimates" not in said
        assert "3 words" in said


def test_the_next_part_is_named_until_all_are_written(open_page, db, clock):
    answers.save(db, clock, "L-02", "## Action\n\nI did.\n\n## Result\n")
    assert "Next: **Result**, what came of it" in texts(
        open_page("question", id="L-02", view="answer")
    )
    answers.save(db, clock, "L-02", "## Action\n\nI did.\n\n## Result\n\nIt was.\n")
    assert "Next:" not in texts(open_page("question", id="L-02", view="answer"))


def test_an_outline_that_is_saved_leaves_the_question_to_do(open_page, db, tracker, clock):
    answers.keep_draft(db, clock, "SD-001", "## Requirements\n\n\n## Estimates\n")
    page = open_page("question", id="SD-001", view="answer")
    page.button(key="save-answer").click().run()
    assert answers.get(db, "SD-001") == "## Requirements\n\n\n## Estimates\n"
    assert tracker.state("SD-001").status == "todo"
    assert "Drafted" not in texts(page)


def test_a_later_save_tells_nothing_of_the_status(open_page, db, clock):
    answers.save(db, clock, "L-01", "first")
    answers.keep_draft(db, clock, "L-01", "second")
    page = open_page("question", id="L-01", view="answer")
    page.button(key="save-answer").click().run()
    assert answers.get(db, "L-01") == "second"
    assert "The question is now" not in texts(page)


def test_without_its_preview_the_text_stands_alone(open_page, db, clock):
    answers.save(db, clock, "L-01", "## Task\n\nMine.\n")
    page = open_page("question", id="L-01", view="answer")
    assert "Mine." in texts(page)
    page.toggle(key="preview-shown").set_value(False).run()
    assert "Mine." not in texts(page)
    page.toggle(key="preview-shown").set_value(True).run()
    assert "Mine." in texts(page)


def test_a_draft_is_saved_or_discarded(open_page, db, clock):
    answers.keep_draft(db, clock, "SD-001", "first")
    page = open_page("question", id="SD-001", view="answer")
    page.button(key="save-answer").click().run()
    assert answers.get(db, "SD-001") == "first"
    answers.keep_draft(db, clock, "SD-001", "second")
    page = open_page("question", id="SD-001", view="answer")
    page.button(key="discard-answer").click().run()
    assert answers.typed(db, "SD-001") == "first"


def test_an_earlier_revision_is_compared_and_restored(open_page, db, clock):
    for text in ("one\n", "two\n"):
        answers.save(db, clock, "SD-001", text)
    page = unfold(open_page("question", id="SD-001", view="answer"), "revisions")
    assert "This is what is saved now." in texts(page)
    revision = page.selectbox(key="revision")
    revision.select_index(1).run()
    assert "-one" in page.code[0].value and "+two" in page.code[0].value
    page.button(key="restore-answer").click().run()
    assert answers.get(db, "SD-001") == "one\n"
    assert [found.body for found in answers.revisions(db, "SD-001")] == ["one\n", "two\n", "one\n"]


def test_markup_of_pictures_is_not_fetched_in_the_preview(open_page, db, clock):
    answers.save(db, clock, "SD-001", "![a](https://example.org/a.png)")
    assert "\\![a](https" in texts(open_page("question", id="SD-001", view="answer"))
