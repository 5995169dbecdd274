"""A table that was exported, edited elsewhere and imported later: what was edited counts."""

import os
import shutil
from dataclasses import asdict
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from prep.errors import AmbiguousDates, ExportFormatError
from prep.exchange import csv_table, table_import
from prep.practice import answers
from prep.progress.tracker import Tracker
from prep.store import undo_redo
from prep.store.database import open_database, rolled_back
from tests.exchange.changed_fields import changed_fields
from tests.spreadsheet_programs import ANSI, EVERY, MAX_CELL, PROGRAMS, Program

IDS = ["L-01", "L-02", "SD-001"]
TODAY = date(2026, 11, 23)
FULL = bool(os.environ.get("PREP_TEST_FULL"))  # `make test-full`
often = settings(
    max_examples=100 if FULL else 6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink states takes minutes
)
a_few = settings(often, max_examples=20 if FULL else 2)  # for each program


def bring(db, clock, data, resolve=None, day_first=None):
    table = csv_table.read(data, "table.csv", day_first)
    return table_import.take_in(db, clock, table, "table.csv", resolve)


def edit(question_id, **fields):
    """Return what edits one row of a table."""

    def edit(rows):
        next(row for row in rows if row["id"] == question_id).update(fields)

    return edit


plain = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
) | st.sampled_from(
    [
        "=1+1",
        "'=1",
        "''x",
        "-",
        "@a",
        "\tx",
        "\r",
        "a\r\nb",
        "a;b",
        'say "no"',
        "3/4",
        "1-2",
        "007",
        "1e5",
        "12:30",
        "true",
        "TRUE",
        "NA",
        "null",
        "Nov 20",
        "20 November 2026",
        "'7",
        "#N/A",
        "20.11.2026",
        " 4 ",
        "4.0",
        "two\nlines",
        "ümlaut 😀",
        "漢字",
        "a\x85b\u2028c",
        "x" * 3000,
    ]
)
days = st.dates(date(2025, 1, 1), TODAY)


@st.composite
def states(draw):
    """Return fields of one question that can stand together."""
    status = draw(st.sampled_from(["todo", "in_progress", "drafted", "done"]))
    reached = ["todo", "in_progress", "drafted", "done"].index(status)
    on = sorted(draw(st.lists(days, min_size=3, max_size=3)))
    names = ("started_on", "drafted_on", "done_on")[:reached]
    ahead = st.none() | st.dates(TODAY, TODAY + timedelta(days=300)).map(date.isoformat)
    return {
        "status": status,
        **{name: day.isoformat() for name, day in zip(names, on, strict=False)},
        "confidence": draw(st.none() | st.integers(1, 5)),
        "starred": draw(st.booleans()),
        "skipped": draw(st.booleans()),
        "minutes": draw(st.none() | st.integers(1, 600)),
        "moved_to": draw(ahead),
        "personal_notes": draw(plain),
        "answer": draw(plain),
    }


everything = st.fixed_dictionaries({name: states() for name in IDS})


def fill(db, clock, states):
    for question_id, fields in states.items():
        given = dict(fields)
        answers.save(db, clock, question_id, given.pop("answer"))
        Tracker(db, clock).edit({question_id: given})


def everything_of(db, clock):
    bodies = dict(db.execute("SELECT question_id, body FROM answer").fetchall())
    return {
        question_id: asdict(state) | {"answer": bodies.get(question_id, "")}
        for question_id, state in Tracker(db, clock).states(IDS).items()
    }


@pytest.mark.parametrize("save", EVERY.values(), ids=EVERY)
def test_a_table_that_is_opened_and_saved_changes_nothing(db, clock, save):
    @a_few
    @given(everything)
    def check(states):
        with rolled_back(db):
            fill(db, clock, states)
            before = everything_of(db, clock)
            taken = bring(db, clock, save(csv_table.export(db)))
            assert (changed_fields(taken), taken.conflicts) == ({}, [])
            assert everything_of(db, clock) == before

    check()


edits = st.one_of(
    st.tuples(st.just("confidence"), st.integers(1, 5)),
    st.tuples(st.just("minutes"), st.integers(1, 600)),
    st.tuples(st.just("starred"), st.sampled_from(["yes", ""])),
    st.tuples(st.just("personal_notes"), st.text("abc \n", max_size=20)),
    st.tuples(st.just("answer"), st.text("abc \n", max_size=20)),
)


@pytest.mark.parametrize("save", PROGRAMS.values(), ids=PROGRAMS)
def test_one_edit_changes_that_cell_alone_whatever_changed_here_since(db, clock, save):
    @a_few
    @given(everything, everything, st.sampled_from(IDS), edits)
    def check(states, later, question_id, edit_of):
        name, value = edit_of
        with rolled_back(db):
            fill(db, clock, states)
            table = save(csv_table.export(db), edit(question_id, **{name: str(value)}))
            kept = {key: states[question_id][key] for key in (name,)}
            fill(db, clock, later | {question_id: later[question_id] | kept})
            before = everything_of(db, clock)
            taken = bring(db, clock, table)
            kept = int(value == "yes") if name == "starred" else value
            expected = before[question_id] | {name: kept}
            assert everything_of(db, clock) == before | {question_id: expected}
            assert taken.conflicts == []
            changed = {} if before[question_id][name] == kept else {question_id: {name}}
            assert {key: set(fields) for key, fields in changed_fields(taken).items()} == changed

    check()


@often
@given(everything, everything, st.sampled_from(list(PROGRAMS)))
def test_an_old_table_takes_nothing_back(db, clock, states, later, program):
    with rolled_back(db):
        fill(db, clock, states)
        table = PROGRAMS[program](csv_table.export(db))
        fill(db, clock, later)
        before = everything_of(db, clock)
        taken = bring(db, clock, table)
        assert (changed_fields(taken), taken.conflicts) == ({}, [])
        assert everything_of(db, clock) == before


def test_a_new_database_takes_all_of_a_table(db, clock, filled_file, tmp_path):
    @often
    @given(everything)
    def check(states):
        with rolled_back(db), open_database(tmp_path / "other.db") as other, rolled_back(other):
            fill(db, clock, states)
            bring(other, clock, csv_table.export(db))
            assert everything_of(other, clock) == everything_of(db, clock)

    shutil.copy(filled_file, tmp_path / "other.db")
    check()


@pytest.fixture
def both(db, clock, tracker):
    """A table exported and edited, and what was done here since; two cells changed on both."""
    tracker.edit({"L-01": {"status": "in_progress", "personal_notes": "old", "confidence": 2}})
    answers.save(db, clock, "L-02", "old answer")
    table = PROGRAMS["Excel, US"](
        csv_table.export(db),
        lambda rows: (
            edit("L-01", personal_notes="from the file", confidence="4")(rows),
            edit("L-02", answer="answer of the file", minutes="30")(rows),
        ),
    )
    tracker.edit({"L-01": {"status": "done", "personal_notes": "from here"}})
    answers.save(db, clock, "L-02", "answer from here")
    return table


def test_what_changed_on_both_sides_is_a_conflict(db, clock, tracker, both):
    taken = bring(db, clock, both)
    assert [
        (found.question_id, found.field, found.here, found.file) for found in taken.conflicts
    ] == [
        ("L-01", "personal_notes", "from here", "from the file"),
        ("L-02", "answer", "answer from here", "answer of the file"),
    ]
    assert changed_fields(taken) == {
        "L-01": {"confidence": (2, 4)},
        "L-02": {"minutes": (None, 30)},
    }
    state = tracker.state("L-01")
    assert (state.status, state.personal_notes, state.confidence) == (
        "done",
        "from here",
        4,
    )
    assert answers.get(db, "L-02") == "answer from here"


def test_of_a_conflict_what_was_chosen_is_taken_and_undone(db, clock, tracker, both):
    bring(db, clock, both, resolve=lambda question_id, field: field == "answer")
    assert answers.get(db, "L-02") == "answer of the file"
    assert tracker.state("L-01").personal_notes == "from here"
    undo_redo.undo(db, clock)
    assert answers.get(db, "L-02") == "answer from here"
    assert tracker.state("L-01").confidence == 2


def test_the_same_edit_on_both_sides_is_no_conflict(db, clock, tracker):
    table = PROGRAMS["LibreOffice"](csv_table.export(db), edit("L-01", personal_notes="same"))
    tracker.edit({"L-01": {"personal_notes": "same"}})
    taken = bring(db, clock, table)
    assert (changed_fields(taken), taken.conflicts) == ({}, [])


def test_what_follows_from_an_edit_is_named_as_well(db, clock, tracker):
    tracker.edit({"L-01": {"status": "done", "done_on": "2026-11-02"}})
    table = PROGRAMS["Excel, UK"](csv_table.export(db), edit("L-02", status="done"))
    assert changed_fields(bring(db, clock, table)) == {
        "L-02": {"status": ("todo", "done"), "done_on": (None, "2026-11-23")}
    }


def test_without_the_column_all_that_differs_counts(db, clock, tracker):
    tracker.edit({"L-01": {"confidence": 3}})
    table = csv_table.read(b"id,confidence\nL-01,2\nL-02,\n", "table.csv")
    assert table.without_base == 2
    assert changed_fields(table_import.take_in(db, clock, table, "table.csv")) == {
        "L-01": {"confidence": (3, 2)}
    }


@pytest.mark.parametrize("save", EVERY.values(), ids=EVERY)
def test_cells_that_a_program_cut_are_not_taken(db, clock, save):
    lengths = [MAX_CELL - 1, MAX_CELL, MAX_CELL + 1, 40_000, 99_000]
    bodies = {
        f"L-{number:02}": letter * length
        for number, (letter, length) in enumerate(product("a漢😀", lengths), start=1)
    }
    for question_id, body in bodies.items():
        answers.save(db, clock, question_id, body)
    table = save(csv_table.export(db), edit("SD-002", confidence="3"))
    taken = bring(db, clock, table)
    assert {name: answers.get(db, name) for name in bodies} == bodies
    assert set(changed_fields(taken)) == {"SD-002"}
    answers.save(db, clock, "L-05", "short now")
    assert changed_fields(bring(db, clock, table)) == {}
    assert answers.get(db, "L-05") == "short now"


@pytest.mark.parametrize("cell", ["b" * MAX_CELL, "b" * (MAX_CELL - 2) + "😀"[:1], "a" * 20_000])
@pytest.mark.parametrize("has_base", [True, False])
def test_what_may_have_been_cut_is_said(db, clock, has_base, cell):
    answers.save(db, clock, "L-01", "a" * 50_000)
    table = Program("%Y-%m-%d").save(csv_table.export(db), edit("L-01", answer=cell))
    if not has_base:
        table = table.replace(b",exported_as", b",nothing")
    taken = bring(db, clock, table)
    if has_base or len(cell) > 30_000:
        assert answers.get(db, "L-01") == "a" * 50_000
        assert "L-01 answer: left as it is here: a spreadsheet cuts" in taken.warnings[0]
    else:
        assert answers.get(db, "L-01") == cell


def test_a_long_cell_that_was_not_cut_is_taken(db, clock):
    answers.save(db, clock, "L-01", "a" * 50_000)
    save = PROGRAMS["LibreOffice"]
    bring(db, clock, save(csv_table.export(db), edit("L-01", answer="b" * 49_000)))
    assert answers.get(db, "L-01") == "b" * 49_000


@pytest.mark.parametrize("save", ANSI.values(), ids=ANSI)
@pytest.mark.parametrize("text", ["漢字", "ümlaut 😀", "a → b"])
def test_characters_that_an_encoding_lost_are_not_taken(db, clock, tracker, save, text):
    tracker.edit({"L-01": {"personal_notes": text}, "L-02": {"personal_notes": "“ü”"}})
    answers.save(db, clock, "L-02", text)
    table = save(csv_table.export(db), edit("L-02", personal_notes="“Ü”"))
    taken = bring(db, clock, table)
    assert changed_fields(taken) == {"L-02": {"personal_notes": ("“ü”", "“Ü”")}}
    assert "L-02 answer, L-01 personal_notes: left as it is here" in taken.warnings[0] or (
        "L-01 personal_notes, L-02 answer: left as it is here" in taken.warnings[0]
    )
    assert "save the table as CSV UTF-8" in taken.warnings[0]


@pytest.mark.parametrize("encoding", ["cp1251", "cp1250", "iso8859-15", "ascii"])
def test_an_encoding_like_windows_1252_loses_nothing(db, clock, tracker, encoding):
    tracker.edit({"L-01": {"personal_notes": "naïve"}, "L-02": {"personal_notes": "đak, žena"}})
    table = Program("%Y-%m-%d", encoding=encoding).save(csv_table.export(db))
    kept = everything_of(db, clock)
    try:
        assert changed_fields(bring(db, clock, table)) == {}
    except ExportFormatError as error:
        assert "save it as CSV UTF-8" in str(error)
    assert everything_of(db, clock) == kept


@pytest.mark.parametrize("encoding", ["mac_roman", "gb18030", "shift_jis", "cp437"])
@pytest.mark.parametrize("category", [b"category", b"section"])  # as older exports have it
def test_a_table_in_an_encoding_that_is_not_known_is_refused(
    db, clock, tracker, encoding, category
):
    """A guess would take what it misreads for edits."""
    tracker.edit({"L-01": {"personal_notes": "naïve café"}})
    exported = csv_table.export(db).replace(b",category,", b"," + category + b",", 1)
    table = Program("%Y-%m-%d", encoding=encoding).save(exported)
    with pytest.raises(ExportFormatError, match=r"save it as (CSV )?UTF-8"):
        bring(db, clock, table)
    assert tracker.state("L-01").personal_notes == "naïve café"


def test_days_that_the_file_leaves_open_are_asked_for(db, clock, tracker):
    table = b"id,status,done_on\nL-01,done,11/10/2026\n"
    with pytest.raises(AmbiguousDates, match=r"is 2026-10-11 or 2026-11-10.*--dates dmy or"):
        bring(db, clock, table)
    bring(db, clock, table, day_first=False)
    assert tracker.state("L-01").done_on == "2026-11-10"
    bring(db, clock, table, day_first=True)
    assert tracker.state("L-01").done_on == "2026-10-11"


@pytest.mark.parametrize(
    ("other", "day"), [("20/10/2026", "2026-10-11"), ("10/20/2026", "2026-11-10")]
)
def test_another_day_of_the_file_says_how_to_read_the_open_one(db, clock, tracker, other, day):
    text = f"id,status,started_on,done_on\nL-01,done,,11/10/2026\nL-02,in_progress,{other},\n"
    bring(db, clock, text.encode())
    assert tracker.state("L-01").done_on == day


@pytest.mark.parametrize(
    ("program", "typed"), [("Excel, US", "11/10/2026"), ("Excel, UK", "10/11/2026")]
)
def test_a_day_that_was_not_edited_says_how_to_read_the_open_one(
    db, clock, tracker, program, typed
):
    tracker.edit({"L-02": {"status": "done", "done_on": "2026-11-02"}})
    change = edit("L-01", status="done", done_on=typed)
    bring(db, clock, PROGRAMS[program](csv_table.export(db), change))
    assert tracker.state("L-01").done_on == "2026-11-10"


def test_a_column_that_was_sorted_alone_is_refused(db, clock):
    def shuffle(rows):
        for row, other in zip(rows, [*rows[1:], rows[0]], strict=True):
            row["id_before"] = other["id"]
        for row in rows:
            row["id"] = row.pop("id_before")

    table = PROGRAMS["LibreOffice"](csv_table.export(db), shuffle)
    with pytest.raises(ExportFormatError, match="sort whole rows"):
        bring(db, clock, table)
