import pytest

from prep.content import articles
from prep.errors import InvalidValue, UnknownArticle
from prep.progress import reading
from prep.store import undo_redo

SHORTENER = "/system-design/classic/url-shortener/"


def test_place_and_time_are_kept_and_are_no_change_to_undo(db):
    reading.keep_place(db, SHORTENER, "5-deep-dive", "5. Deep Dive")
    reading.add_seconds(db, SHORTENER, 30)
    reading.add_seconds(db, SHORTENER, 45)
    row = articles.get(db, SHORTENER)
    assert (row.last_anchor, row.last_heading, row.seconds) == (
        "5-deep-dive",
        "5. Deep Dive",
        75,
    )
    assert undo_redo.last_undoable(db) is None


@pytest.mark.parametrize(("seconds", "kept"), [(-5, 0), (10**9, 600)])
def test_impossible_times_are_bounded(db, seconds, kept):
    reading.add_seconds(db, SHORTENER, seconds)
    assert articles.get(db, SHORTENER).seconds == kept


def test_a_section_note_is_kept_with_its_history(db, clock):
    assert reading.note_section(db, clock, SHORTENER, "1-hook", "first")
    assert reading.note_section(db, clock, SHORTENER, "1-hook", "second")
    assert reading.section_notes(db, SHORTENER) == {"1-hook": "second"}
    undo_redo.undo(db, clock)
    assert reading.section_notes(db, SHORTENER) == {"1-hook": "first"}


def test_wrong_input_is_refused(db, clock):
    with pytest.raises(UnknownArticle):
        reading.note_section(db, clock, "/nowhere/", "x", "note")
    with pytest.raises(UnknownArticle):
        reading.keep_place(db, "/nowhere/", "x", "X")
    with pytest.raises(InvalidValue, match="at most 10,000"):
        reading.note_section(db, clock, SHORTENER, "1-hook", "x" * 10_001)


def test_reading_is_marked_once(db, clock):
    assert reading.mark_read(db, clock, SHORTENER)
    assert not reading.mark_read(db, clock, SHORTENER)
    assert reading.mark_read(db, clock, SHORTENER, read=False)
