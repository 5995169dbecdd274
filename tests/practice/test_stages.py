"""The stages of a system-design round, in the time that there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.practice import stages
from prep.practice.stages import Stage
from prep.progress.stage_texts import DEFAULT_STAGES, LONGEST_STAGE, STAGES


def test_a_round_of_45_minutes_has_the_minutes_that_are_set():
    divided = stages.in_round(DEFAULT_STAGES, 45 * 60)
    assert [stage.title for stage in divided] == [
        "Requirements",
        "Estimates",
        "Design",
        "Deep dive",
        "Failure",
        "Wrap-up",
    ]
    assert [stage.seconds / 60 for stage in divided] == [minutes for _, minutes in DEFAULT_STAGES]


def test_another_length_keeps_the_proportion():
    doubled = stages.in_round(DEFAULT_STAGES, 90 * 60)
    assert [stage.seconds / 120 for stage in doubled] == [minutes for _, minutes in DEFAULT_STAGES]


def test_a_stage_without_minutes_is_left_out():
    minutes = tuple((name, 10 if name in ("design", "failure") else 0) for name in STAGES)
    assert stages.in_round(minutes, 1800) == [Stage("Design", 900), Stage("Failure", 900)]


@pytest.mark.parametrize("seconds", [0, 29])
def test_without_time_there_are_no_stages(seconds):
    assert stages.in_round(DEFAULT_STAGES, seconds) == []


minutes = st.tuples(*[st.integers(0, LONGEST_STAGE)] * len(STAGES)).filter(any)


@given(minutes, st.integers(1, 240))
def test_they_last_as_long_as_the_round_and_none_is_far_from_its_share(given, length):
    divided = stages.in_round(tuple(zip(STAGES, given, strict=True)), 60 * length)
    assert sum(stage.seconds for stage in divided) == 60 * length
    by_title = {stage.title: stage.seconds for stage in divided}
    for title, share in zip(stages.titles(), given, strict=True):
        assert abs(by_title.get(title, 0) - 60 * length * share / sum(given)) < 30
