"""How a status looks, and how a click changes it."""

import pytest

from prep.progress.tracker import STATUS_TITLES, STATUSES
from prep.ui.widgets import status


@pytest.mark.parametrize("name", STATUSES)
def test_a_status_has_an_icon_a_word_and_a_colour_of_its_own(name):
    assert status.label(name) == f"{status.ICONS[name]} {STATUS_TITLES[name]}"
    assert len({status.badge(other).partition("-badge")[0] for other in STATUSES}) == 4


def test_counts_stand_from_the_furthest_to_the_first():
    said = status.counts({"todo": 4, "in_progress": 3, "drafted": 2, "done": 1})
    words = [STATUS_TITLES[name] for name in reversed(STATUSES)]
    places = [said.index(word) for word in words]
    assert places == sorted(places)
    assert said.endswith("] 4")


def test_a_click_changes_it(open_page, db, tracker):
    page = open_page("question", id="L-01", view="details")
    page.segmented_control(key="status-L-01").set_value("drafted").run()
    assert tracker.state("L-01").status == "drafted"


def test_drawn_again_it_writes_nothing(open_page, db, tracker):
    page = open_page("question", id="L-01", view="details")
    tracker.set_status("L-01", "done")
    page.run()
    assert tracker.state("L-01").status == "done"
    assert page.segmented_control(key="status-L-01").value == "done"
