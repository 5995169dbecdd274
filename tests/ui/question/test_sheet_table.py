"""The sheets as a table: edited cells and ticked rows."""

import pytest

from prep.store import change_list
from prep.ui.question import sheet_table
from tests.pages.conftest import texts


@pytest.fixture
def table(open_page, db):
    """Return a function that opens the table, filtered to questions of one's choice."""
    return lambda words="": open_page("sheets", view="Table", **({"q": words} if words else {}))


def test_all_questions_stand_in_it(table):
    page = table()
    assert len(page.session_state["table_ids"]) == 291


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("done_on", "2026-11-20T00:00:00", "2026-11-20"),
        ("done_on", None, None),
        ("starred", True, 1),
        ("starred", None, 0),
        ("personal_notes", None, ""),
        ("confidence", 4, 4),
    ],
)
def test_a_cell_is_stored_as_the_tracker_takes_it(name, value, stored):
    assert sheet_table._stored(name, value) == stored


def test_ticked_rows_change_together(table, db, tracker):
    page = table("URL Shortener")
    page.button(key="tick_all").click().run()
    ids = page.session_state["table_ids"]
    assert f"**{len(ids)} ticked**" in texts(page)
    page.button(key="bulk-done").click().run()
    assert {tracker.state(question_id).status for question_id in ids} == {"done"}
    assert len({change.change_id for change in change_list.changes(db)}) == 1
    page.button(key="bulk-star").click().run()
    assert all(tracker.state(question_id).starred for question_id in ids)
    for key, pinned, skipped in (("pin", 1, 0), ("leave-out", 0, 1), ("back-in-the-plan", 0, 0)):
        page.button(key=f"bulk-{key}").click().run()
        states = [tracker.state(question_id) for question_id in ids]
        assert {(state.pinned, state.skipped) for state in states} == {(pinned, skipped)}
    page.button(key="untick").click().run()
    assert "ticked**" not in texts(page)
