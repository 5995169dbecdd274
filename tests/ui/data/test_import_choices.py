"""What a file leaves open is asked for."""

import pytest

from prep.exchange import csv_table
from tests.pages.conftest import texts
from tests.ui.data.uploaded import edited, uploaded


@pytest.fixture
def conflicting(db, tracker):
    tracker.edit({"L-01": {"personal_notes": "old"}})
    table = edited(csv_table.export(db), personal_notes="in *the* file", confidence="4")
    tracker.edit({"L-01": {"personal_notes": "here"}})
    return table


def test_of_a_conflict_both_are_shown_and_what_is_here_stays(open_page, tracker, conflicting):
    test = uploaded(open_page, "prep.csv", conflicting)
    assert [text.value for text in test.text] == ["here", "in *the* file"]
    assert test.multiselect(key="import-taken").value == []
    test.button(key="take-in-uploaded").click().run()
    assert not test.exception
    assert tracker.state("L-01").personal_notes == "here"
    assert tracker.state("L-01").confidence == 4


def test_of_a_conflict_the_file_can_be_taken(open_page, tracker, conflicting):
    test = uploaded(open_page, "prep.csv", conflicting)
    test.multiselect(key="import-taken").set_value([("L-01", "personal_notes")]).run()
    assert "1 from the file, 0 as here" in texts(test)
    test.button(key="take-in-uploaded").click().run()
    assert not test.exception
    assert tracker.state("L-01").personal_notes == "in *the* file"


def test_days_that_a_table_leaves_open_are_asked_for(open_page, tracker):
    test = uploaded(open_page, "mine.tsv", b"id\tstatus\tdone_on\nL-01\tdone\t2/3/2025\n")
    assert "2025\\-03\\-02 or 2025\\-02\\-03" in test.warning[0].value
    assert "take-in-uploaded" not in [button.key for button in test.button]
    test.radio(key="import-dates").set_value("Month first: 11/20").run()
    assert "done_on: none → '2025-02-03'" in test.code[0].value
    test.button(key="take-in-uploaded").click().run()
    assert not test.exception
    assert tracker.state("L-01").done_on == "2025-02-03"


def test_a_choice_ends_with_its_file(open_page, tracker):
    test = uploaded(open_page, "mine.tsv", b"id\tdone_on\tstatus\nL-01\t2/3/2025\tdone\n")
    test.radio(key="import-dates").set_value("Month first: 11/20").run()
    other = b"id,done_on,status\nL-01,2/4/2025,done\n"
    test.file_uploader(key="bring-in").upload("other.csv", other, "text/csv").run()
    assert test.radio(key="import-dates").value is None
