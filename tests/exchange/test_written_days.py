"""Days as spreadsheets write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.exchange import written_days
from prep.exchange.written_days import is_day_first, read

WRITTEN = [
    "2026-11-20",
    "2026-11-20 00:00:00",
    "2026-11-20T00:00:00",
    "2026-11-20 00:00:00.000",
    "2026-11-20T00:00:00Z",
    "2026-11-20T00:00:00+00:00",
    "2026/11/20",
    "2026.11.20",
    "11/20/2026",
    "11/20/26",
    "11/20/2026 0:00",
    "11/20/2026 12:00:00 AM",
    "11-20-2026",
    "20.11.2026",
    "20.11.26",
    "20.11.2026 00:00",
    "20/11/2026",
    "20/11/26",
    "20-11-2026",
    "20-Nov-26",
    "20-Nov-2026",
    "20 Nov 2026",
    "20 Nov 26",
    "20 November 2026",
    "Nov 20, 2026",
    "November 20, 2026",
    " 2026-11-20 ",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_day_that_can_be_read_in_one_way_is_read(text):
    reading = read(text)
    assert not reading.is_open
    assert reading.chosen(None) == "2026-11-20"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20-Nov",
        "Nov-26",
        "46346",
        "32/01/2026",
        "11/31/2026",
        "2026-13-01",
        "soon",
        "20/11-2026",
        "1/2/3/2026",
        "20:11",
        "2026-11-20 x",
        "9" * 5000,
        "0/0/0",
    ],
)
def test_what_is_no_day_is_none(text):
    assert (read(text).day_first, read(text).month_first) == (None, None)


days = st.dates(date(2000, 1, 1), date(2068, 12, 31))
TWO_WAYS = {
    True: ["{0.day}/{0.month}/{0.year}", "{0:%d-%m-%Y}", "{0:%d/%m/%y}", "{0:%d/%m/%Y} 00:00"],
    False: ["{0.month}/{0.day}/{0.year}", "{0:%m-%d-%Y}", "{0:%m/%d/%y}", "{0:%m/%d/%Y} 0:00"],
}


@given(st.lists(days, min_size=1, max_size=30), st.booleans(), st.integers(0, 3))
def test_a_column_is_read_as_it_was_written_or_is_open(column, day_first, form):
    readings = [read(TWO_WAYS[day_first][form].format(day)) for day in column]
    way = is_day_first(readings)
    assert way in (None, day_first)
    assert [reading.chosen(day_first) for reading in readings] == [
        day.isoformat() for day in column
    ]
    assert (way is None) == all(day.day <= 12 for day in column)


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_none(text):
    reading = read(text)
    for day in (reading.day_first, reading.month_first):
        assert day is None or date.fromisoformat(day)


def test_days_of_both_ways_leave_the_others_open():
    assert is_day_first(map(read, ["20/11/2026", "11/20/2026", "11/12/2026"])) is None
    assert read("11/12/2026").chosen(None) is None
    assert written_days.Reading("2026-12-11", "2026-11-12").is_open
