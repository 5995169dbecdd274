"""What is typed into the text area of an answer, and what it is typed into."""

import pytest

from prep.ui.practice import answer_text


@pytest.fixture
def state(monkeypatch):
    state = {}
    monkeypatch.setattr(answer_text.st, "session_state", state)
    return state


@pytest.fixture
def kept(monkeypatch):
    """What is kept as a draft: the text, and the one that it was typed into."""
    kept = []
    monkeypatch.setattr(answer_text.writes, "attempt", lambda write: write(None, None) or True)
    monkeypatch.setattr(
        answer_text.answers,
        "keep_draft",
        lambda _db, _clock, question_id, text, seen: kept.append((question_id, text, seen)),
    )
    return kept


def typed(state, text, version):
    state[answer_text._KEY] = {"typed": {"text": text, "version": version}}


def test_another_text_has_another_version(state):
    first = answer_text._version("L-01", "one")
    assert answer_text._version("L-01", "one") == first
    assert answer_text._version("L-01", "two") != first
    assert answer_text._version("L-02", "two") not in ("", first)
    assert answer_text.seen() == "two"


def test_what_is_typed_is_kept_once(state, kept):
    version = answer_text._version("L-01", "saved")
    typed(state, "saved, and more", version)
    assert answer_text.keep("L-01") and answer_text.keep("L-01")
    assert kept == [("L-01", "saved, and more", "saved")]
    assert answer_text.seen() == "saved, and more"
    assert answer_text._version("L-01", "saved, and more") == version


def test_what_was_typed_into_another_answer_is_not_kept_here(state, kept):
    typed(state, "of the first", answer_text._version("L-01", ""))
    answer_text._version("L-02", "")
    assert answer_text.keep("L-02")
    assert kept == []


def test_what_was_typed_long_ago_is_not_kept_again(state, kept):
    typed(state, "old", answer_text._version("L-01", ""))
    for n in range(answer_text._BASES_KEPT):
        answer_text._version("L-01", str(n))
    assert answer_text.keep("L-01")
    assert kept == []
