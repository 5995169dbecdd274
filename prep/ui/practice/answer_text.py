"""The text area that an answer is typed into: kept while one types."""

from __future__ import annotations

import streamlit as st

from prep.practice import answers
from prep.ui.browser import component
from prep.ui.visit import writes

_text_area = component.load("editor")
_KEY = "answer-editor"
_BASES = "answer-editor-bases"  # by version of the text area: the text that is typed into
_BASES_KEPT = 8


def draw(question_id: str, text: str) -> None:
    """Draw the text area of a question's answer; `text` is what is kept of it."""

    def keep_typed() -> None:
        keep(question_id)

    _text_area(
        key=_KEY,
        data={"label": "Your answer", "text": text, "version": _version(question_id, text)},
        on_typed_change=keep_typed,
        height="content",
    )


def _version(question_id: str, text: str) -> str:
    """Return the version of the text area: a new one where the text is not what stands there.

    Until it has another version, it keeps what stands in it.
    """
    bases: dict[str, str] = st.session_state.setdefault(_BASES, {})
    last = next(reversed(bases), "#0")
    if last.startswith(f"{question_id}#") and bases[last] == text:
        return last
    version = f"{question_id}#{int(last.partition('#')[2]) + 1}"
    bases[version] = text
    while len(bases) > _BASES_KEPT:
        del bases[next(iter(bases))]
    return version


def seen() -> str:
    """Return the text that stands in the text area, as far as it was kept or refused."""
    bases: dict[str, str] = st.session_state[_BASES]
    return bases[next(reversed(bases))]


def keep(question_id: str) -> bool:
    """Keep what stands in the text area, where it is newer than what was; return whether it could
    be. What was refused is not tried again: `conflict` has it from then on."""
    typed = (st.session_state.get(_KEY) or {}).get("typed")
    bases: dict[str, str] = st.session_state.setdefault(_BASES, {})
    if not typed or not typed["version"].startswith(f"{question_id}#"):
        return True
    text = typed["text"]
    base = bases.get(typed["version"], text)  # of a version long gone, it was kept long ago
    if text == base:
        return True
    bases[typed["version"]] = text
    return writes.attempt(
        lambda db, clock: answers.keep_draft(db, clock, question_id, text, seen=base)
    )
