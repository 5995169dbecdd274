"""The plan as tables: phases, lines, weeks."""

from datetime import timedelta

import pandas as pd
import pytest

from prep.content.models import SYSTEM_DESIGN
from prep.planning import plan_status, plan_tables
from prep.planning.plan_status import PlanStatus
from prep.progress.setting_texts import QUESTIONS, Pace
from tests.sample_plans import MONDAY, chosen, done, item, items


def day(n):
    """Return the day `n` days after the plan begins."""
    return MONDAY + timedelta(days=n)


def plan(made, today):
    return PlanStatus(made, chosen(sheets=(SYSTEM_DESIGN,), pace=Pace(1, QUESTIONS)), today)


def first_done(count, of=10):
    made = items(of)
    return [done(one, day(0)) for one in made[:count]] + made[count:]


def test_phases_show_planned_against_actual():
    made = items(4) + [item(n, phase_position=2, phase="Depth") for n in (5, 6)]
    made[0] = done(made[0], day(0))
    frame = plan(made, today=day(3)).phases
    assert frame["title"].tolist() == ["Foundation", "Depth"]
    assert frame[["done", "planned", "total", "behind"]].to_numpy().tolist() == [
        [1, 3, 4, 2],
        [0, 0, 2, 0],
    ]
    assert frame["state"].tolist() == ["behind", "ahead"]
    assert frame["first_day"].tolist() == [day(0), day(4)]
    assert frame["share"].tolist() == [0.25, 0.0]


def test_phases_of_both_sheets_hold_all_questions(db):
    found = plan_status.load(db, MONDAY).phases
    assert len(found) == 14
    assert found["total"].sum() == 291
    assert found["title"].iloc[-1] == "Outside the suggested sequence"


def test_lines_run_from_the_eve_to_the_end():
    lines = plan(first_done(2), today=day(3)).lines
    plan_line = lines[lines["line"] == "Plan"]
    assert plan_line["count"].tolist() == list(range(11))
    assert plan_line["day"].iloc[0] == pd.Timestamp(day(-1))
    done_line = lines[lines["line"] == "Done"]
    assert done_line["count"].tolist() == [0, 2, 2]
    assert done_line["day"].iloc[-1] == pd.Timestamp(day(3))


def test_weeks_count_what_is_planned_and_what_was_done():
    weeks = plan(first_done(2), today=day(3)).weeks
    assert weeks["week"].tolist() == [day(0), day(7), day(14)]
    assert weeks["planned"].tolist() == [2, 5, 1]
    assert weeks["done"].tolist() == [2, 0, 0]
    assert weeks["minutes"].sum() == 8 * 60


@pytest.mark.parametrize(
    ("finished", "today", "state"),
    [(0, 0, "now"), (2, 5, "behind"), (4, 9, "finished"), (1, -3, "ahead"), (4, -3, "finished")],
)
def test_a_phase_has_a_state(finished, today, state):
    """One whose days lie ahead is so whatever is done of it already."""
    made = items(4)
    baseline = plan(made, day(0)).baseline
    made = [done(one, day(-7)) for one in made[:finished]] + made[finished:]
    frame = plan_tables.phases(made, baseline, [SYSTEM_DESIGN], day(today))
    assert frame["state"].tolist() == [state]


def test_lines_begin_with_what_was_done_before_the_start():
    made = [done(one, day(-4)) for one in items(2)]
    lines = plan_tables.lines(made, [], MONDAY, day(0))
    done_line = lines[lines["line"] == "Done"]
    assert done_line["day"].tolist() == [pd.Timestamp(day(n)) for n in (-5, -4, 0)]
    assert done_line["count"].tolist() == [0, 2, 2]


def test_no_questions_make_no_rows():
    assert plan_tables.phases([], [], [SYSTEM_DESIGN], MONDAY).empty
    assert plan_tables.weeks([], []).empty
