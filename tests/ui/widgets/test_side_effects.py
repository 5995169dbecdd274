"""What came with a change is told where it was made, with Undo beside it."""

from datetime import date

import pytest

from prep.content import questions
from prep.practice import answers
from prep.progress.tracker import STATUSES
from tests.pages.conftest import texts

TOLD = "Cleared: drafted 2 Nov 2026, done 3 Nov 2026. History keeps them."


@pytest.fixture
def done(tracker):
    for day, status in enumerate(STATUSES[1:], 1):
        tracker.set_status(["L-01", "SD-001"], status, on=date(2026, 11, day))


def address(db, page, question_id):
    """Return what opens a page on which the status of a question stands."""
    if page == "question":
        return {"id": question_id}
    return {"article": questions.get(db, question_id).permalink}


def keys(page):
    return [button.key for button in page.button]


@pytest.mark.parametrize("name", ["question", "read"])
def test_going_back_tells_what_it_cleared_and_undo_brings_it_back(
    open_page, db, tracker, done, name
):
    page = open_page(name, **address(db, name, "SD-001"))
    assert "Cleared" not in texts(page) and "undo-status-SD-001" not in keys(page)
    page.segmented_control(key="status-SD-001").set_value("in_progress").run()
    assert TOLD in texts(page)
    page.button(key="undo-status-SD-001").click().run()
    state = tracker.state("SD-001")
    assert (state.status, state.drafted_on, state.done_on) == ("done", "2026-11-02", "2026-11-03")
    assert "Cleared" not in texts(page) and "undo-status-SD-001" not in keys(page)
    assert page.segmented_control(key="status-SD-001").value == "done"


def test_history_lists_the_dates_that_were_cleared(open_page, tracker, done):
    tracker.set_status("L-01", "todo")
    said = texts(open_page("question", id="L-01", view="details")).replace("\\", "")
    for day, title in enumerate(("started", "drafted", "done"), 1):
        assert f"{title}: 2026-11-0{day} → none" in said


def test_a_date_that_is_emptied_by_hand_is_told(open_page, tracker, done):
    page = open_page("question", id="L-01", view="details")
    page.date_input(key="started_on-L-01").set_value(None).run()
    assert "Cleared: started 1 Nov 2026. History keeps it." in texts(page)
    page.button(key="undo-status-L-01").click().run()
    assert tracker.state("L-01").started_on == "2026-11-01"


def test_going_on_tells_nothing(open_page, db):
    page = open_page("question", id="L-01", view="details")
    page.segmented_control(key="status-L-01").set_value("drafted").run()
    assert "undo-status-L-01" not in keys(page)


def test_it_is_told_until_something_else_is_changed(open_page, db, tracker, done):
    page = open_page("question", id="L-01", view="details")
    page.segmented_control(key="status-L-01").set_value("in_progress").run()
    page.run()
    assert TOLD in texts(page)
    page.toggle(key="starred-L-01").set_value(True).run()
    page.run()
    assert TOLD not in texts(page) and "undo-status-L-01" not in keys(page)


def test_undo_takes_back_nothing_that_was_changed_since(open_page, db, tracker, done):
    page = open_page("question", id="L-01", view="details")
    page.segmented_control(key="status-L-01").set_value("in_progress").run()
    tracker.edit({"L-02": {"starred": True}})
    page.button(key="undo-status-L-01").click().run()
    assert "something else was changed since" in page.error[0].value
    assert tracker.state("L-01").status == "in_progress" and tracker.state("L-02").starred


def test_what_is_refused_tells_nothing(open_page, db, tracker, done):
    page = open_page("question", id="L-01", view="details")
    page.date_input(key="drafted_on-L-01").set_value(None)
    page.date_input(key="done_on-L-01").set_value(date(2026, 10, 1)).run()
    assert page.error
    assert tracker.state("L-01").done_on == "2026-11-03"
    assert "done 3 Nov" not in texts(page)


def test_ticked_rows_that_go_back_are_told_together(open_page, db, tracker, done):
    page = open_page("sheets", view="Table", q="URL Shortener")
    page.button(key="tick_all").click().run()
    page.button(key="bulk-todo").click().run()
    assert "Cleared: started 1 Nov 2026, drafted 2 Nov 2026, done 3 Nov 2026." in texts(page)
    page.button(key="undo-table").click().run()
    assert tracker.state("SD-001").status == "done"


def test_of_many_questions_the_dates_are_counted(open_page, db, tracker):
    ids = [row["id"] for row in db.query("SELECT id FROM tracker WHERE category = 'Leadership'")]
    tracker.set_status(ids, "drafted")
    tracker.set_status(ids[:3], "done")
    page = open_page("sheets", view="Table", category="Leadership")
    page.button(key="tick_all").click().run()
    page.button(key="bulk-todo").click().run()
    told = f"Cleared dates of {len(ids)} questions: {len(ids)} drafted, 3 done. History keeps them."
    assert told in texts(page)
    page.button(key="undo-table").click().run()
    assert {tracker.state(question_id).status for question_id in ids} == {"drafted", "done"}


def test_the_first_answer_tells_that_the_question_is_drafted(open_page, db, tracker, clock):
    answers.keep_draft(db, clock, "L-01", "first")
    page = open_page("question", id="L-01", view="answer")
    page.button(key="save-answer").click().run()
    assert "Saved. The question is now **Drafted**." in texts(page)
    page.button(key="undo-answer-L-01").click().run()
    assert tracker.state("L-01").status == "todo"
    assert (answers.get(db, "L-01"), answers.draft(db, "L-01")) == ("", "first")
    assert "now **Drafted**" not in texts(page)
    assert "draft kept, not saved" in texts(page)
