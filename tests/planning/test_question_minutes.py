"""Minutes of a question: reading and writing, less what is there already."""

import pytest

from prep.planning.question_minutes import estimated_minutes, minutes_left
from prep.progress.settings import Settings

CHOSEN = Settings(reading_minutes=12, writing_minutes_high=33, rehearsal_minutes=9)


@pytest.mark.parametrize(
    ("difficulty", "article", "minutes"),
    [("High", None, 45), ("High", 28, 61), (None, 5, 35), ("Low", 0, 15)],
)
def test_it_is_read_and_written_up(difficulty, article, minutes):
    assert estimated_minutes(difficulty, article, CHOSEN) == minutes


@pytest.mark.parametrize(
    ("is_read", "prepared", "minutes"),
    [(False, False, 45), (True, False, 33), (False, True, 9), (True, True, 9)],
)
def test_what_is_there_of_it_saves_time(is_read, prepared, minutes):
    assert minutes_left(45, "High", CHOSEN, is_read=is_read, prepared=prepared) == minutes


def test_a_rehearsal_is_never_longer_than_the_whole():
    assert minutes_left(4, "Low", CHOSEN, is_read=False, prepared=True) == 4
