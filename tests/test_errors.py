"""What went wrong is one line that any screen shows, whatever it names."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prep.content.import_report import Conflict
from prep.errors import ChangedElsewhere, ConflictingEdits, PrepError, UnknownQuestion


@given(st.text(st.characters(), max_size=2000))
@example("\ud83d" * 1000)
@example("a\0b\u2028c\x85d\x1ce\r\nf")
def test_any_text_is_one_line_that_can_be_written(text):
    line = str(PrepError(text))
    line.encode()
    assert len(line.splitlines()) <= 1
    assert "\0" not in line
    assert line == line.strip()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain words", "plain words"),
        ("two\nlines\tand  blanks ", "two lines and blanks"),
        ("a name \udcff.db", "a name \\udcff.db"),
        ("a\0b", "a\\x00b"),
        ("", ""),
    ],
)
def test_what_no_screen_shows_is_written_out(text, line):
    assert str(PrepError(text)) == line


def test_of_a_long_line_the_beginning_and_the_end_are_kept():
    line = str(PrepError(f"/home/{'x' * 2000}: there is no such file"))
    assert line.startswith("/home/xxx")
    assert line.endswith("xxx: there is no such file")
    assert line.count(" … ") == 1
    assert len(line) < 410


def test_a_line_that_fits_is_whole():
    assert str(PrepError("x" * 400)) == "x" * 400


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            UnknownQuestion("L-99"),
            "there is no question 'L-99': ids look like SD-001 or L-01",
        ),
        (
            UnknownQuestion("L-01", is_own=True),
            "there is no question of your own 'L-01': ids look like X-001",
        ),
        (UnknownQuestion("a\nb"), r"there is no question 'a\nb': ids look like SD-001 or L-01"),
    ],
)
def test_an_unknown_id_is_shown_with_what_ids_look_like(error, line):
    assert str(error) == line


def conflicts(count):
    return [Conflict(f"L-{n:02}", "Title", "answer", "here", "file") for n in range(1, count + 1)]


def test_conflicts_are_named_with_what_to_say():
    assert str(ConflictingEdits(conflicts(2))) == (
        "changed in the file and here as well since it was exported: L-01 answer, L-02 answer:"
        " say --on-conflict file or --on-conflict here"
    )


def test_of_many_conflicts_the_first_eight_are_named_and_all_are_kept():
    assert "L-08 answer: say" in str(ConflictingEdits(conflicts(8)))
    error = ConflictingEdits(conflicts(171))
    assert "L-08 answer, …: say" in str(error)
    assert "L-09" not in str(error)
    assert len(error.conflicts) == 171


def test_what_is_to_be_written_is_what_was_changed_elsewhere_unless_there_is_more():
    assert ChangedElsewhere(["a"]).write == ["a"]
    assert ChangedElsewhere(["a"], ["a", "b"]).write == ["a", "b"]
    assert ChangedElsewhere(["a"], []).write == []


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\x9b31m", "\u200e", "\ud800", "\0"])
def test_no_sign_that_a_terminal_obeys_is_printed(sign):
    said = str(PrepError(f"a{sign}b"))
    assert said.isprintable()
    assert said.startswith("a\\") and said.endswith("b")
