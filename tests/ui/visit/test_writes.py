"""A write from a page: what was typed goes before it, and a refusal is shown once."""

from prep.exchange import conflicts
from tests.pages.conftest import texts


def notes(page):
    return next(e for e in page.text_area if e.label == "My notes")


def test_what_was_typed_is_kept_before_a_click(open_page, db, tracker):
    page = open_page("question", id="L-01", view="details")
    page.text_area(key="personal_notes-L-01").set_value("typed")
    page.segmented_control(key="status-L-01").set_value("done").run()
    state = tracker.state("L-01")
    assert (state.personal_notes, state.status) == ("typed", "done")


def test_a_refusal_is_shown_once_and_the_page_goes_on(open_page, db, tracker):
    tracker.set_status("L-01", "done")
    page = open_page("question", id="L-01", view="details")
    page.date_input(key="done_on-L-01").set_value(None).run()
    assert "needs the day" in page.error[0].value
    page.run()
    assert not page.error


def test_what_changed_elsewhere_is_not_overwritten(open_page, db, tracker):
    page = open_page("question", id="L-01", view="details")
    tracker.edit({"L-01": {"personal_notes": "from the phone"}})
    notes(page).set_value("from here").run()
    assert tracker.state("L-01").personal_notes == "from the phone"
    [found] = conflicts.unresolved(db)
    assert (found.fields[0].old, found.fields[0].new) == ("from the phone", "from here")
    assert "Changed elsewhere while this page was open" in texts(page)
