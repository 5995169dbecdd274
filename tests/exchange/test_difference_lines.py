"""What an import changes, line by line."""

import pytest

from prep.content.import_report import Conflict, Difference
from prep.exchange import difference_lines


def lines(**of):
    found = Difference("question", "L-01", "Title", "changed", **of)
    return difference_lines.of_differences([found])


def test_a_row_is_named_with_what_became_of_it():
    assert lines() == ["L-01 changed: Title"]
    assert lines(was="L-09") == ["L-01 changed from L-09: Title"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [(None, 3, "none → 3"), ("a", "b", "'a' → 'b'"), ("", "two\nlines", "'' → 'two\\nlines'")],
)
def test_a_field_has_both_values(old, new, shown):
    assert lines(fields={"notes": (old, new)})[1] == f"  notes: {shown}"


def test_of_long_texts_the_place_is_shown_where_they_part():
    before, same = "x" * 500, "y" * 30
    [_, line] = lines(fields={"notes": (f"{before}{same}old", f"{before}{same}new")})
    assert "old" in line and "new" in line
    assert line.count("…") == 4
    assert "(533 characters)" in line
    assert len(line) < 200


def test_a_conflict_has_what_is_here_and_what_the_file_says():
    [line] = difference_lines.of_conflicts([Conflict("L-01", "Title", "answer", "mine", "theirs")])
    assert line == "L-01 answer: here 'mine', in the file 'theirs'"
