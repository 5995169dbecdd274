"""Writing an answer: the text, its preview as it is typed, its revisions."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content.models import BEHAVIORAL
from prep.content.questions import Question
from prep.content.sites import markdown_folder
from prep.practice import answer_outline, answers
from prep.practice.answer_outline import PARTS, STAR
from prep.practice.answers import Revision
from prep.progress import time_spent
from prep.ui.browser import component
from prep.ui.text import moment, sanitize_markdown
from prep.ui.visit import session, writes

_text_area = component.load("editor")
HEIGHT = 640  # pixels of the text and of its preview
_KEY = "answer-editor"
_BASES = "answer-editor-bases"  # by version of the text area: the text that is typed into
_BASES_KEPT = 8


@st.fragment
def draw(question: Question) -> None:
    """Draw the editor of a question's answer, and its preview beside it."""
    with session.database() as db:
        saved = answers.get(db, question.id)
        draft = answers.draft(db, question.id)
        past = answers.revisions(db, question.id)
    writes.show_error()
    text = saved if draft is None else draft
    _draw_bar(question, text, saved)
    writing, preview = st.columns(2, gap="medium")
    with writing:
        _draw_text_area(question.id, text)
    with preview:
        draw_preview(text, HEIGHT)
    _draw_revisions(question.id, saved, past)


def draw_preview(text: str, height: int | Literal["content"] = "content") -> None:
    """Draw an answer as it reads; the versions for two levels stand side by side."""
    with st.container(border=True, height=height, key="preview"):
        if not text.strip():
            st.caption("What you write shows here as it will read, diagrams included.")
            return
        for versions in answer_outline.side_by_side(text):
            if len(versions) == 1:
                st.markdown(sanitize_markdown(versions[0]))
                continue
            for version, column in zip(
                versions, st.columns(len(versions), gap="medium"), strict=True
            ):
                column.markdown(sanitize_markdown(version))


def measures(text: str) -> str:
    """Return how long an answer is, in words and in minutes of speech."""
    words = markdown_folder.count_words(text)
    return f"{words:,} words, {answers.speaking_minutes(text):.1f} min spoken"


def _draw_bar(question: Question, text: str, saved: str) -> None:
    question_id = question.id
    is_changed = text != saved
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Save",
            type="primary",
            key="save-answer",
            icon=":material/save:",
            shortcut="Ctrl+S",
            on_click=_save,
            args=(question_id,),
        )
        if is_changed:
            with st.popover("Discard draft", icon=":material/delete:"):
                st.caption("What you typed since the last save is lost.")
                st.button("Discard it", key="discard", on_click=_discard, args=(question_id,))
        if not text.strip():
            kinds = [PARTS, STAR] if question.sheet == BEHAVIORAL else [PARTS]
            for kind in kinds:
                st.button(
                    f"Outline: {kind}",
                    key=f"outline-{kind}",
                    on_click=_start_from,
                    args=(question, kind),
                )
        state = "draft kept, not saved" if is_changed else "saved" if saved else "nothing saved yet"
        st.caption(f"{measures(text)} · {state}", width="content")


def _draw_text_area(question_id: str, text: str) -> None:
    def keep() -> None:
        keep_typed(question_id)

    _text_area(
        key=_KEY,
        data={"label": "Your answer", "text": text, "version": _version(question_id, text)},
        on_typed_change=keep,
        on_seconds_change=lambda: _add_seconds(question_id),
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


def _draw_revisions(question_id: str, saved: str, past: list[Revision]) -> None:
    if not past:
        return
    clock = session.clock()
    with st.expander(
        f"Revisions ({len(past)})", key="revisions", icon=":material/history:", on_change="rerun"
    ) as panel:
        if not panel.open:
            return
        # Two of one minute may be as long: their number tells them apart.
        titles = {
            revision.change_id: f"{number}. {moment(revision.at, clock)}, {measures(revision.body)}"
            for number, revision in enumerate(reversed(past), 1)
        }
        chosen = st.selectbox(
            "Revision", past, key="revision", format_func=lambda r: titles[r.change_id]
        )
        changed = answers.difference(chosen.body, saved)
        if not changed:
            st.caption("This is what is saved now.")
            return
        st.caption("From this revision to what is saved now")
        st.code(changed, language="diff")
        st.button(
            "Restore this revision",
            key="restore",
            icon=":material/settings_backup_restore:",
            on_click=_restore,
            args=(question_id, chosen.body),
        )


def _save(question_id: str) -> None:
    if keep_typed(question_id):
        seen = _seen()
        writes.attempt(lambda db, clock: answers.save_draft(db, clock, question_id, seen))


def _seen() -> str:
    """Return the text that stands in the text area, as far as it was kept or refused."""
    bases: dict[str, str] = st.session_state[_BASES]
    return bases[next(reversed(bases))]


def keep_typed(question_id: str) -> bool:
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


def _discard(question_id: str) -> None:
    if keep_typed(question_id):
        seen = _seen()
        writes.attempt(lambda db, _clock: answers.discard_draft(db, question_id, seen))


def _start_from(question: Question, kind: str) -> None:
    writes.attempt(
        lambda db, clock: answers.keep_draft(
            db, clock, question.id, answer_outline.template(db, question, kind), seen=""
        )
    )


def _restore(question_id: str, body: str) -> None:
    """Save an earlier revision again; a draft becomes the revision before."""
    if not keep_typed(question_id):
        return
    seen = _seen()

    def restore(db: Database, clock: Clock) -> None:
        answers.save_draft(db, clock, question_id, seen)
        answers.save(db, clock, question_id, body)

    writes.attempt(restore)


def _add_seconds(question_id: str) -> None:
    seconds = int(st.session_state[_KEY].seconds)
    writes.attempt(
        lambda db, clock: time_spent.add(db, clock, question_id, time_spent.ANSWERING, seconds)
    )
