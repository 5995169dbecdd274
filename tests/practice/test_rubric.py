"""What an answer is scored by."""

from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice import rubric, stages


def test_a_system_design_is_scored_by_the_stages_of_its_round():
    assert rubric.lines(SYSTEM_DESIGN) == stages.titles()


def test_a_behavioral_answer_is_scored_by_what_star_asks_for():
    assert rubric.lines(BEHAVIORAL)[:4] == ("Situation", "Task", "Action", "Result")
    assert len(rubric.lines(BEHAVIORAL)) == 6
