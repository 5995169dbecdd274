"""The person's own fields of a question, each saved at once."""

from datetime import date

from tests.pages.conftest import texts


def test_a_question_shows_its_fields_and_saves_them(open_page, db, tracker):
    test = open_page("question", id="L-01", view="details")
    assert "do you lead through authority or influence?" in texts(test)
    test.button_group(key="status-L-01").set_value("done").run()
    test.text_area(key="personal_notes-L-01").set_value("the Lisbon story").run()
    test.button_group(key="confidence-L-01").set_value(4).run()
    test.toggle(key="starred-L-01").set_value(True).run()
    state = tracker.state("L-01")
    assert (state.status, state.confidence, state.starred) == ("done", 4, 1)
    assert state.personal_notes == "the Lisbon story"
    assert "notes: none → the Lisbon story" in texts(test)


def test_a_refused_date_is_explained_in_place(open_page, db, tracker):
    tracker.set_status("L-01", "in_progress", on=date(2026, 11, 10))
    tracker.set_status("L-01", "done", on=date(2026, 11, 20))
    test = open_page("question", id="L-01", view="details")
    test.date_input(key="done_on-L-01").set_value(date(2026, 11, 1)).run()
    assert "is before started" in test.error[0].value
    assert tracker.state("L-01").done_on == "2026-11-20"
