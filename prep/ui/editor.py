"""Writing an answer: the text, its preview as it is typed, its revisions."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import streamlit as st

from prep import answers, library, time_spent
from prep.answers import PARTS, STAR, Revision
from prep.sheets import BEHAVIORAL
from prep.ui import session
from prep.ui.text import harmless, moment

Row = dict[str, Any]

_STATIC = Path(__file__).parent / "static"
_text_area = st.components.v2.component(
    "prep_editor",
    html=(_STATIC / "editor.html").read_text(encoding="utf-8"),
    css=(_STATIC / "editor.css").read_text(encoding="utf-8"),
    js=(_STATIC / "editor.js").read_text(encoding="utf-8"),
)
HEIGHT = 640  # pixels of the text and of its preview
_KEY = "answer-editor"
_RESETS = "answer-editor-resets"


@st.fragment
def draw(row: Row) -> None:
    """Draw the editor of a question's answer, and its preview beside it."""
    with session.database() as db:
        saved = answers.get(db, row["id"])
        draft = answers.draft(db, row["id"])
        past = answers.revisions(db, row["id"])
    session.show_error()
    text = saved if draft is None else draft
    _draw_bar(row, text, saved)
    writing, preview = st.columns(2, gap="medium")
    with writing:
        _draw_text_area(row["id"], text)
    with preview:
        draw_preview(text, HEIGHT)
    _draw_revisions(row["id"], saved, past)


def draw_preview(text: str, height: int | Literal["content"] = "content") -> None:
    """Draw an answer as it reads; the versions for two levels stand side by side."""
    with st.container(border=True, height=height, key="preview"):
        if not text.strip():
            st.caption("What you write shows here as it will read, diagrams included.")
            return
        for versions in answers.side_by_side(text):
            if len(versions) == 1:
                st.markdown(harmless(versions[0]))
                continue
            for version, column in zip(
                versions, st.columns(len(versions), gap="medium"), strict=True
            ):
                column.markdown(harmless(version))


def measures(text: str) -> str:
    """Return how long an answer is, in words and in minutes of speech."""
    words = library.count_words(text)
    return f"{words:,} words, {answers.speaking_minutes(text):.1f} min spoken"


def _draw_bar(row: Row, text: str, saved: str) -> None:
    question_id = row["id"]
    is_changed = text != saved
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Save", type="primary", key="save-answer", icon=":material/save:", shortcut="Ctrl+S",
            on_click=_save, args=(question_id,),
        )  # fmt: skip
        if is_changed:
            with st.popover("Discard draft", icon=":material/delete:"):
                st.caption("What you typed since the last save is lost.")
                st.button("Discard it", key="discard", on_click=_discard, args=(question_id,))
        if not text.strip():
            kinds = [PARTS, STAR] if row["sheet"] == BEHAVIORAL else [PARTS]
            for kind in kinds:
                st.button(f"Outline: {kind}", key=f"outline-{kind}", on_click=_start_from,
                          args=(row, kind))  # fmt: skip
        state = "draft kept, not saved" if is_changed else "saved" if saved else "nothing saved yet"
        st.caption(f"{measures(text)} · {state}", width="content")


def _draw_text_area(question_id: str, text: str) -> None:
    resets = st.session_state.get(_RESETS, 0)
    _text_area(
        key=_KEY,
        data={"label": "Your answer", "text": text, "version": f"{question_id}#{resets}"},
        on_typed_change=lambda: _keep_draft(question_id),
        on_seconds_change=lambda: _add_seconds(question_id),
        height="content",
    )


def _draw_revisions(question_id: str, saved: str, past: list[Revision]) -> None:
    if not past:
        return
    clock = session.clock()
    with st.expander(
        f"Revisions ({len(past)})", key="revisions", icon=":material/history:", on_change="rerun"
    ) as panel:
        if not panel.open:
            return
        chosen = st.selectbox(
            "Revision", past, key="revision",
            format_func=lambda r: f"{moment(r.at, clock)},"
            f" {measures(r.body)}",
        )  # fmt: skip
        changed = answers.difference(chosen.body, saved)
        if not changed:
            st.caption("This is what is saved now.")
            return
        st.caption("From this revision to what is saved now")
        st.code(changed, language="diff")
        st.button("Restore this revision", key="restore", icon=":material/settings_backup_restore:",
                  on_click=_replace, args=(question_id, chosen.body))  # fmt: skip


def _typed(question_id: str) -> str | None:
    """Return what stands in the text area, None where it holds another question's or nothing."""
    typed = (st.session_state.get(_KEY) or {}).get("typed")
    resets = st.session_state.get(_RESETS, 0)
    if not typed or typed["version"] != f"{question_id}#{resets}":
        return None
    return typed["text"]


def _save(question_id: str) -> None:
    typed = _typed(question_id)

    def write(db: Any, clock: Any) -> None:
        text = typed if typed is not None else answers.draft(db, question_id)
        if text is not None:
            answers.save(db, clock, question_id, text)

    session.attempt(write)


def _keep_draft(question_id: str) -> None:
    typed = _typed(question_id)
    if typed is not None:
        session.attempt(lambda db, clock: answers.keep_draft(db, clock, question_id, typed))


def _discard(question_id: str) -> None:
    session.attempt(lambda db, _clock: answers.drop_draft(db, question_id))
    _reset()


def _start_from(row: Row, kind: str) -> None:
    session.attempt(
        lambda db, clock: answers.keep_draft(db, clock, row["id"], answers.template(db, row, kind))
    )
    _reset()


def _replace(question_id: str, body: str) -> None:
    session.attempt(lambda db, clock: answers.save(db, clock, question_id, body))
    _reset()


def _reset() -> None:
    """Have the text area take what the database holds."""
    st.session_state[_RESETS] = st.session_state.get(_RESETS, 0) + 1


def _add_seconds(question_id: str) -> None:
    seconds = int(st.session_state[_KEY].seconds)
    session.attempt(
        lambda db, clock: time_spent.add(db, clock, question_id, time_spent.ANSWERING, seconds)
    )
