"""A text as what differs from the one before: it comes back as it was, and is no larger."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prep.exchange.text_packing import packed, unpacked

LONG = "The quick brown fox jumps over the lazy dog. " * 10


@given(
    start=st.text(max_size=300),
    end=st.text(max_size=300),
    old=st.text(max_size=50),
    new=st.text(max_size=50),
    times=st.integers(1, 5),
)
@example(start="a" * 300, end="", old="a", new="", times=1)
@example(start="\U0001f600" * 150, end="\x85\r\n", old="", new="\U0001f600", times=2)
def test_what_is_packed_comes_back(start, end, old, new, times):
    before, text = start * times + old + end * times, start * times + new + end * times
    found = packed(before, text)
    if found is not None:
        assert unpacked(before, json.loads(json.dumps(found))) == text
        assert len(json.dumps(found)) < len(json.dumps(text)) + 60


@pytest.mark.parametrize(
    ("text", "keeps", "between"),
    [
        (LONG + "More.", [450, 0], "More."),
        ("Less" + LONG[44:], [0, 406], "Less"),
        (LONG[:200] + "!" + LONG[210:], [200, 240], "!"),
        (LONG, [450, 0], ""),
    ],
)
def test_it_holds_what_differs(text, keeps, between):
    assert packed(LONG, text) == {"keeps": keeps, "text": between}


@pytest.mark.parametrize(
    ("before", "text"), [("", LONG), (LONG, "short"), (None, LONG), (LONG, None), (1, 2)]
)
def test_what_has_little_in_common_is_written_out(before, text):
    assert packed(before, text) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"keeps": [1, 2]},
        {"keeps": [1], "text": ""},
        {"keeps": "ab", "text": ""},
        {"keeps": [-1, 0], "text": ""},
        {"keeps": [0, -1], "text": ""},
        {"keeps": [451, 0], "text": ""},
        {"keeps": [300, 200], "text": ""},
        {"keeps": [0.5, 0], "text": ""},
        {"keeps": None, "text": ""},
    ],
)
def test_what_was_not_packed_is_refused(wrong):
    with pytest.raises((ValueError, LookupError, TypeError)):
        unpacked(LONG, wrong)
    with pytest.raises((ValueError, LookupError, TypeError)):
        unpacked(None, {"keeps": [0, 0], "text": ""})
