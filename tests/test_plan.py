from datetime import date

import pytest

from prep import coverage, plan

START = date(2026, 11, 23)


def test_a_phase_fills_its_weeks_to_the_day():
    assert plan.phase_days(1, 4, START) == (START, date(2026, 12, 20))
    assert plan.phase_days(5, 8, START) == (date(2026, 12, 21), date(2027, 1, 17))


def test_sequences_end_where_the_sheets_say(db):
    laid = plan.timeline(coverage.phase_progress(db), START, START)
    last = laid.groupby("sheet")["last_day"].max()
    assert (last["system-design"].date() - START).days + 1 == 28 * 7
    assert (last["behavioral"].date() - START).days + 1 == 16 * 7
    assert laid["total"].sum() == 120 + 163


@pytest.mark.parametrize(
    ("today", "done", "word", "behind"),
    [
        (date(2026, 11, 22), 0, "ahead", 0),
        (date(2026, 11, 23), 0, "now", 0),
        (date(2026, 11, 30), 0, "behind", 5),
        (date(2026, 11, 30), 5, "now", 0),
        (date(2026, 11, 30), 20, "finished", 0),
        (date(2027, 3, 1), 19, "behind", 1),
        (date(2026, 11, 20), 20, "finished", 0),
    ],
)
def test_what_is_behind_is_what_an_even_pace_had_due(today, done, word, behind):
    state = plan.phase_state(START, date(2026, 12, 20), done, 20, today)
    assert (state.word, state.questions_behind) == (word, behind)


def test_a_leap_day_is_a_day_like_others():
    assert plan.phase_days(1, 1, date(2028, 2, 28)) == (date(2028, 2, 28), date(2028, 3, 5))
