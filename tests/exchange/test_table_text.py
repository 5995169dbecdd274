"""Tables as spreadsheets save them: their cells, and what a cell must not become."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.errors import ExportFormatError
from prep.exchange import table_text


def read(text):
    return list(table_text.rows(text, "table.csv"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_a_guarded_cell_comes_back(cell):
    assert table_text.unguarded(table_text.guarded(cell)) == cell


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "=1+1",
            "+1",
            "-1",
            "@x",
            "\tx",
            "11/12/2026",
            "1e5",
            "007",
            "#N/A",
            "true",
            "NULL",
            "1/2",
        ),
        *("\n3", "3\n", " 3 ", "\ntrue"),
    ],
)
def test_what_a_program_would_rewrite_is_text(cell):
    assert table_text.guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "words", "a sentence with the number 12 in the middle of it"])
def test_words_stay_as_they_are(cell):
    assert table_text.guarded(cell) == cell


@pytest.mark.parametrize(
    ("cell", "safe"), [("=1", "'=1"), ("'=1", "''=1"), ("1", "1"), ("true", "true")]
)
def test_a_formula_alone_is_made_text(cell, safe):
    assert table_text.without_formula(cell) == safe


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("first", ["", "sep=%s\n", "sep=%s\r\n"])
def test_cells_are_parted_as_the_first_line_says(delimiter, first):
    text = (first % delimiter if first else "") + f"ID{delimiter} Title \nL-01{delimiter}a\n"
    [row] = read(text)
    assert (row.place, row.cells) == (2, {"id": "L-01", "title": "a"})


def test_rows_keep_their_place_and_empty_ones_are_left_out():
    assert [(row.place, row.cells["id"]) for row in read("id,a\nL-01,1\n,\n  ,\nL-02,2\n")] == [
        (2, "L-01"),
        (5, "L-02"),
    ]


def test_a_row_may_be_shorter_or_longer_than_the_columns():
    assert [row.cells for row in read("id,a\nL-01\nL-02,1,, \n")] == [
        {"id": "L-01"},
        {"id": "L-02", "a": "1"},
    ]


@pytest.mark.parametrize("before", ["", "\n", "\r\n\r\n", "\nsep=,\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_names_of_the_columns_are_the_first_line_that_is_not_empty(before, end):
    [row] = read(before.replace("\r\n", "\n").replace("\n", end) + f"id,a{end}L-01,1; 2; 3{end}")
    assert row.cells == {"id": "L-01", "a": "1; 2; 3"}


def test_a_row_that_ends_with_the_file_before_its_last_column_was_cut_off():
    text = "id,a,end\nL-01,1,2\nL-02,1"
    with pytest.raises(ExportFormatError, match="it ends within row 3: it was cut off"):
        list(table_text.rows(text, "table.csv", ends_with="end"))
    for whole in (f"{text}\n", f"{text},2", "id,a\nL-02"):
        list(table_text.rows(whole, "table.csv", ends_with="end"))


def test_what_the_csv_module_writes_is_read():
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["id", "a"], ["L-01", 'say "no",\nthen go']])
    assert read(text.getvalue())[0].cells["a"] == 'say "no",\nthen go'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no column named id"),
        ("title\na\n", "no column named id"),
        ("id,a,A\nL-01,1,2\n", "two columns are named a"),
        ("id,a\n,1\n", "row 2 has no id"),
        ("a,id\n1\n", "row 2 has no id"),
        ("id,a\nL-01,one, two\n", "row 2 has more cells than there are columns"),
        ('id,a\nL-01,"one', "cut off"),
        ('id,a\nL-01,"one\nL-02,two\n', "cut off"),
        ('id,a\nL-01,"one" two\n', "no table that can be read"),
        ("a,b,id\n1,2,L-01\n1,2\n", "row 3 has no id"),
        ("id" + ",x" * 200 + "\n", "no column named id"),
        ("id\n" + "L-01\n" * 10_001, "more than 10,000 rows"),
        (f'id,a\nL-01,"{"x" * 200_000}"\n', "no table that can be read"),
    ],
)
def test_what_is_no_table_of_questions_is_refused(text, why):
    with pytest.raises(ExportFormatError, match=why):
        read(text)
