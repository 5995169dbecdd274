"""What stands in a cell, as a person or a program wrote it."""

import pytest

from prep.errors import AmbiguousDates, ExportFormatError
from prep.exchange import table_cells


@pytest.mark.parametrize(
    ("name", "value", "cell"),
    [
        ("starred", 1, "yes"),
        ("skipped", 0, ""),
        ("personal_notes", "=1", "'=1"),
        ("answer", "007", "'007"),
        ("title", "=1", "'=1"),
        ("title", "007", "007"),
        ("confidence", 4, 4),
        ("done_on", None, None),
    ],
)
def test_a_value_is_written_so_that_no_program_runs_or_rewrites_it(name, value, cell):
    assert table_cells.written(name, value) == cell


@pytest.mark.parametrize("name", [*table_cells.TEXTS, *table_cells.MARKS, *table_cells.NUMBERS])
def test_what_is_written_is_read(name):
    value = "'=1" if name in table_cells.TEXTS else 1
    written = str(table_cells.written(name, value))
    assert table_cells.value(name, written, "row 2", None) == value


@pytest.mark.parametrize(
    ("name", "empty"),
    [("personal_notes", ""), ("starred", 0), ("confidence", None), ("done_on", None)],
)
def test_an_empty_cell_is_nothing(name, empty):
    assert table_cells.value(name, "", "row 2", None) == empty


def test_a_day_that_is_open_is_asked_for_and_then_read():
    with pytest.raises(AmbiguousDates, match="is 2026-12-11 or 2026-11-12"):
        table_cells.value("done_on", "11/12/2026", "row 2", None)
    assert table_cells.value("done_on", "11/12/2026", "row 2", True) == "2026-12-11"
    assert table_cells.readings("done_on", "11/12/2026") == ("2026-12-11", "2026-11-12")


@pytest.mark.parametrize(
    ("name", "cell"), [("starred", "maybe"), ("minutes", "ten"), ("done_on", "x")]
)
def test_what_is_no_value_of_a_column_is_refused_with_its_row(name, cell):
    with pytest.raises(ExportFormatError, match=f"^row 7: .*{name}"):
        table_cells.value(name, cell, "row 7", None)
