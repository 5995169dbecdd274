"""What the fitting goes by, on Timeline."""

import pytest

from prep.content import phases
from prep.progress import settings
from prep.ui.plan import fit_settings
from tests.pages.conftest import unfold


def opened(open_page):
    test = open_page("timeline")
    test.session_state["fit-settings"] = True
    return unfold(test, "plan-settings")


def test_the_reserve_and_the_share_are_set_in_percent(open_page, planned):
    opened(open_page).number_input(key="reserve-percent").set_value(35).run()
    assert settings.load(planned).reserve == 0.35
    opened(open_page).number_input(key="system_design_share-percent").set_value(70).run()
    assert settings.load(planned).system_design_share == 0.7


def test_the_minutes_of_a_rehearsal_are_set(open_page, planned):
    opened(open_page).number_input(key="rehearsal_minutes").set_value(15).run()
    assert settings.load(planned).rehearsal_minutes == 15


def test_each_category_stands_there_with_its_focus(open_page, planned, clock):
    settings.change(planned, clock, {"focus": "behavioral:15=2"})
    [editor] = [frame for frame in opened(open_page).dataframe if "Focus" in frame.value]
    assert editor.value["Focus"].value_counts().to_dict() == {1.0: 31, 2.0: 1}


@pytest.mark.parametrize(
    ("focus", "edited", "text"),
    [
        ((), {0: {"Focus": 2.0}}, "system-design:1=2"),
        ((("behavioral", 1, 2.0),), {12: {"Focus": 0.0}}, "behavioral:1=2, system-design:13=0"),
        ((("behavioral", 1, 2.0),), {16: {"Focus": 1.0}}, "none"),
        ((("behavioral", 1, 2.0),), {16: {"Focus": 0.5}}, "behavioral:1=0.5"),
        ((), {3: {"Focus": None}}, "system-design:4=0"),
    ],
)
def test_an_edited_row_changes_its_category_and_no_other(db, clock, focus, edited, text):
    found = fit_settings.with_edits(focus, phases.list_categories(db), edited)
    assert found == text
    settings.change(db, clock, {"focus": found})
