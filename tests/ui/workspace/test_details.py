"""All that is known of a question stands in one view."""

from tests.pages.conftest import texts


def test_facts_history_and_neighbours_stand_together(open_page, tracker):
    tracker.set_status("L-01", "drafted")
    shown = texts(open_page("question", id="L-01", view="details"))
    for part in ("What they listen for", "History", "Mock interviews", "min spent"):
        assert part in shown


def test_a_system_design_question_says_what_its_sheet_says(open_page):
    shown = texts(open_page("question", id="SD-001", view="details"))
    assert "Sheet's notes" in shown
    assert "What they listen for" not in shown
