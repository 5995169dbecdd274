"""Settings as text: what is written of a value is read as that value again."""

import pytest

from prep.errors import InvalidSetting
from prep.progress import setting_texts
from prep.progress.setting_texts import Pace
from prep.progress.settings import Settings


@pytest.mark.parametrize("key", setting_texts.HELP)
def test_what_is_written_of_a_value_is_read_as_that_value(key):
    value = getattr(Settings(), key)
    assert setting_texts.parse(key, setting_texts.text_of(key, value)) == value


@pytest.mark.parametrize(
    ("pace", "text"),
    [(Pace(1.5, "questions"), "1.5 questions"), (Pace(0, "weeks"), "weeks")],
)
def test_a_pace_reads_as_it_is_typed(pace, text):
    assert str(pace) == text
    assert setting_texts.parse("pace", text) == pace


def test_what_cannot_be_read_is_named_with_what_can():
    with pytest.raises(InvalidSetting, match=r"^level cannot be 'CTO': level aimed at: EM, DIR"):
        setting_texts.parse("level", "CTO")
    with pytest.raises(InvalidSetting, match="there is no such day, write it as YYYY-MM-DD"):
        setting_texts.parse("target_on", "2027-02-29")
