"""The stages of a system-design round: each has its minutes, and all of them stand there."""

import pytest

from prep.progress import settings, stage_texts
from prep.progress.day_texts import RefusedText
from prep.progress.settings import Settings


def test_stages_are_read_as_they_are_written():
    text = stage_texts.stages_text(stage_texts.DEFAULT_STAGES)
    assert stage_texts.parse_stages(text.upper()) == stage_texts.DEFAULT_STAGES


def test_stages_come_in_the_order_of_a_round_and_may_have_no_time():
    text = "wrap-up=0, failure=5, deep dive = 10, design=20, estimates=0, requirements=10"
    read = stage_texts.parse_stages(text)
    assert [name for name, _ in read] == list(stage_texts.STAGES)
    assert dict(read)["estimates"] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("requirements=5", "each of requirements"),
        ("requirements=5, estimates=4, design=14, deep dive=13, failure=5, end=4", "each of"),
        ("requirements=5, estimates=4, design=14, deep dive=13, failure=5, wrap-up=4, design=2", "once"),  # noqa: E501
        ("requirements=5, estimates=4, design=999, deep dive=13, failure=5, wrap-up=4", "0 to 120"),
        ("requirements=0, estimates=0, design=0, deep dive=0, failure=0, wrap-up=0", "more than 0"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_stages_is_refused(text, said):
    with pytest.raises(RefusedText, match=said):
        stage_texts.parse_stages(text)


def test_a_round_of_45_minutes_is_what_the_defaults_add_up_to(db):
    assert sum(minutes for _, minutes in Settings().stages) == 45
    assert settings.load(db).stages == stage_texts.DEFAULT_STAGES
