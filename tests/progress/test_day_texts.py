"""Days as text: read as they are typed, refused with a reason where they cannot be."""

from datetime import date

import pytest

from prep.progress import day_texts
from prep.progress.day_texts import RefusedText


def test_days_off_are_days_and_ranges():
    first, last = date(2026, 12, 24), date(2027, 1, 1)
    text = day_texts.days_off_text(((first, last), (last, last)))
    assert text == "2026-12-24..2027-01-01, 2027-01-01"
    assert day_texts.parse_days_off(text) == ((first, last), (last, last))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", "mon tue wed thu fri"),
        ("Saturday, sun", "sat sun"),
        ("fri-mon", "mon fri sat sun"),
    ],
)
def test_days_of_the_week_are_names_and_ranges(text, days):
    assert day_texts.parse_study_days(text) == tuple(days.split())


def test_no_day_is_none():
    assert day_texts.parse_day("none") is None


@pytest.mark.parametrize("text", ["2027-02-29", "1999-12-31", "tomorrow"])
def test_a_day_that_cannot_be_is_refused(text):
    with pytest.raises(RefusedText):
        day_texts.parse_day(text)
