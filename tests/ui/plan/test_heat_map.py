"""A year of activity, day by day."""

from tests.pages.conftest import texts, unfold


def test_of_nothing_it_says_what_will_stand_there(open_page, db):
    shown = texts(open_page("today"))
    assert "Each day on which you study, write or practise shows here." in shown


def test_steps_are_counted_and_listed_with_the_last_day_first(open_page, db, tracker):
    tracker.set_status(["L-01", "L-02"], "done", on=None)
    tracker.edit({"L-03": {"status": "done", "done_on": "2026-11-02"}})
    page = unfold(open_page("today"), "activity")
    assert "3 steps in the last year" in texts(page)
    [frame] = [f.value for f in page.dataframe if list(f.value.columns) == ["day", "count"]]
    assert list(frame["count"]) == [2, 1]
    assert frame["day"].is_monotonic_decreasing
