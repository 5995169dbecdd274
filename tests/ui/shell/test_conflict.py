"""What was changed elsewhere is shown with both values, until one is chosen."""

import pytest

from prep.errors import ChangedElsewhere
from prep.exchange import conflicts
from prep.store.change_list import FieldChange
from prep.ui.shell import conflict
from tests.pages.conftest import texts


@pytest.fixture
def refused(db, clock, tracker):
    """Return a function that has a write to a question's notes be refused."""

    def refuse(question_id, mine):
        theirs = tracker.state(question_id).personal_notes
        field = FieldChange(
            0, clock.now(), "question", question_id, "personal_notes", theirs, mine, None
        )
        conflicts.keep(db, clock, ChangedElsewhere([field], [field]), question_id)

    return refuse


def test_both_values_are_shown_and_the_question_by_its_title(open_page, db, tracker, refused):
    tracker.edit({"SD-001": {"personal_notes": "theirs"}})
    refused("SD-001", "mine")
    page = open_page("coverage")
    shown = texts(page) + "".join(text.value for text in page.text)
    assert "URL Shortener" in shown
    assert "theirs" in shown and "mine" in shown


@pytest.mark.parametrize(("button", "kept"), [("keep-theirs", "theirs"), ("use-mine", "mine")])
def test_what_is_chosen_stays(open_page, db, tracker, refused, button, kept):
    tracker.edit({"SD-001": {"personal_notes": "theirs"}})
    refused("SD-001", "mine")
    page = open_page("today")
    page.button(key=button).click().run()
    assert tracker.state("SD-001").personal_notes == kept
    assert conflicts.unresolved(db) == []
    assert "Changed elsewhere" not in texts(page)


def test_of_many_the_first_are_shown_and_the_rest_counted(open_page, db, tracker, refused):
    for n in range(1, 6):
        refused(f"L-{n:02}", "mine")
    page = open_page("today")
    assert texts(page).count("Changed elsewhere") == conflict._SHOWN
    assert "2 more were changed elsewhere" in texts(page)


def test_without_any_nothing_is_drawn(open_page, db):
    assert "Changed elsewhere" not in texts(open_page("today"))
