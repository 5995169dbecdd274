"""What was edited in a file is told from what is merely older."""

import pytest

from prep.content.import_report import Conflict
from prep.exchange import three_way
from prep.exchange.three_way import ANSWER, MAX_CELL, NOTES, Edited, digest
from prep.markdown.files import ASCII, UTF_8, WINDOWS_1252
from prep.practice import answers
from prep.store.change_rows import Edit

TITLES = {"L-01": "A title"}


def settle(edited, here, past=(), resolve=None):
    return three_way.settle(
        {"L-01": {NOTES: edited}}, {"L-01": {NOTES: here}}, lambda *_: list(past), resolve, TITLES
    )


def exported(text):
    return Edited(text, digest(text))


def edited(text, base):
    return Edited(text, digest(base))


@pytest.mark.parametrize("value", [None, "", 0])
def test_nothing_has_no_digest(value):
    assert digest(value) == ""


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb"])
def test_how_lines_end_makes_no_difference(text):
    assert digest(text) == digest("a\nb")


@pytest.mark.parametrize(
    ("text", "mark"),
    [("plain", ""), ("naïve", ".accents"), ("漢字", ".unicode"), ("x" * MAX_CELL, ".long")],
)
def test_a_digest_says_what_a_program_may_lose(text, mark):
    assert digest(text).partition(".")[2] == mark.removeprefix(".")


@pytest.mark.parametrize(("text", "units"), [("", 0), ("aé漢", 3), ("😀", 2)])
def test_a_length_is_that_of_spreadsheets(text, units):
    assert three_way.utf_16_units(text) == units


@pytest.mark.parametrize(
    ("cell", "here", "past", "taken"),
    [
        (exported("old"), "new", ["old", "new"], False),
        (exported("old"), "", [], True),  # a database that is new to the file
        (exported(""), "new", ["", "new"], False),
        (edited("mine", "old"), "old", ["", "old"], True),
        (Edited("mine", None), "old", ["", "old"], True),
        (edited("same", "old"), "same", ["old", "same"], False),
    ],
)
def test_what_a_person_edited_is_taken_and_no_more(cell, here, past, taken):
    settled = settle(cell, here, past)
    assert settled.taken == ({"L-01": {NOTES: cell.value}} if taken else {})
    assert settled.conflicts == []


@pytest.mark.parametrize("takes_file", [None, False, True])
def test_what_changed_on_both_sides_is_a_conflict(takes_file):
    resolve = None if takes_file is None else lambda *_: takes_file
    settled = settle(edited("mine", "old"), "theirs", ["old", "theirs"], resolve)
    assert settled.conflicts == [Conflict("L-01", "A title", NOTES, "theirs", "mine", takes_file)]
    assert settled.taken == ({"L-01": {NOTES: "mine"}} if takes_file else {})


@pytest.mark.parametrize(
    ("base", "text", "encoding", "lost"),
    [
        ("漢字", "??", WINDOWS_1252, True),
        ("漢字", "漢字!", UTF_8, False),
        ("naïve", "na?ve", ASCII, True),
        ("naïve", "naive", ASCII, False),
        ("naïve", "naïf", WINDOWS_1252, False),
    ],
)
def test_characters_that_an_encoding_lacks_are_noticed(base, text, encoding, lost):
    assert edited(text, base).is_lost_in(encoding) == lost


def test_every_value_that_an_answer_had_is_known(db, clock):
    assert three_way.past_values(db, "L-01", ANSWER) == []
    for text in ("one", "two"):
        answers.save(db, clock, "L-01", text)
    assert set(three_way.past_values(db, "L-01", ANSWER)) == {"", "one", "two"}


def test_what_edits_change_is_named_by_the_columns_of_a_table(db, clock):
    answers.save(db, clock, "L-01", "one")
    edits = [Edit("answer", {"L-01": {"body": "two"}, "L-02": {"body": ""}})]
    [found] = three_way.differences(db, edits, TITLES)
    assert (found.key, found.title) == ("L-01", "A title")
    assert found.fields == {ANSWER: ("one", "two")}
