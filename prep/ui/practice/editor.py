"""Writing an answer: the text, its preview as it is typed, its revisions."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st
from sqlite_utils import Database
from streamlit.runtime.scriptrunner import get_script_run_ctx

from prep.clock import Clock
from prep.content import questions
from prep.content.questions import Question
from prep.markdown import outline
from prep.practice import answer_outline, answers
from prep.practice.answers import Revision
from prep.progress import settings
from prep.progress.tracker import STATUS_TITLES
from prep.store.change_list import FieldChange
from prep.ui.practice import answer_text
from prep.ui.text import moment, sanitize_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import side_effects

HEIGHT = 440  # pixels of the preview, as of the text
_SIDE = 360  # pixels that the text or its preview needs at least to stand beside the other
_VERSION_SIDE = 200  # and the version for one level
_PLACE = "answer"  # where it is told what saving brought about


@st.fragment
def draw(question: Question) -> None:
    """Draw the editor of a question's answer, and its preview beside it, or below where it is
    narrow.

    `question` is as the page shows it: once a save gives it another status, the whole page is
    drawn anew. While one types, what stands above the editor should keep its place.
    """
    with session.database() as db:
        status = questions.get(db, question.id).status
        saved = answers.get(db, question.id)
        draft = answers.draft(db, question.id)
        past = answers.revisions(db, question.id)
        chosen = settings.load(db)
    run = get_script_run_ctx()
    if status != question.status and run and run.fragment_ids_this_run:
        st.rerun()
    writes.show_error()
    text = saved if draft is None else draft
    _draw_bar(question, text, saved, answers.target_minutes(question, text, chosen))
    _draw_next_part(text)
    is_previewed = bool(st.session_state.get("preview-shown", True))
    with st.grid(columns=2 if is_previewed else 1, min_column_width=_SIDE, gap="medium") as sides:
        with sides.cell():
            answer_text.draw(question.id, text)
        if is_previewed:
            with sides.cell():
                _draw_preview_beside(text)
    _draw_revisions(question.id, saved, past)


def _draw_preview_beside(text: str) -> None:
    height: int | Literal["content"] = HEIGHT if answers.is_written(text) else "content"
    with st.container(border=True, height=height, key="preview"):
        _draw_as_read(text)


def draw_preview(text: str, height: int | Literal["content"] = "content") -> None:
    """Draw an answer as it reads, without headings that nothing stands below.

    The versions for two levels stand side by side.
    """
    with st.container(border=True, height=height):
        _draw_as_read(text)


def _draw_as_read(text: str) -> None:
    shown = outline.without_empty_sections(text)
    if not shown.strip():
        st.caption("What you write shows here as it will read, diagrams included.")
        return
    for versions in answer_outline.side_by_side(shown):
        if len(versions) == 1:
            st.markdown(sanitize_markdown(versions[0]))
            continue
        with st.grid(columns=len(versions), min_column_width=_VERSION_SIDE, gap="medium") as sides:
            for version in versions:
                with sides.cell():
                    st.markdown(sanitize_markdown(version))


def measures(text: str, of_minutes: int | None = None) -> str:
    """Return how long an answer is, in words and in minutes of speech, of those it is to take."""
    words = answers.count_words(text)
    minutes = f"{words / answers.SPOKEN_WORDS_A_MINUTE:.1f}"
    aim = f" of about {of_minutes}" if of_minutes else ""
    return f"{words:,} {'word' if words == 1 else 'words'}, {minutes}{aim} min spoken"


def _draw_bar(question: Question, text: str, saved: str, of_minutes: int | None) -> None:
    is_changed = text != saved
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Save",
            key="save-answer",
            icon=":material/save:",
            shortcut="Ctrl+S",
            on_click=_save,
            args=(question.id,),
        )
        if is_changed:
            with st.popover("Discard draft", icon=":material/delete:"):
                st.caption("What you typed since the last save is lost.")
                st.button(
                    "Discard it", key="discard-answer", on_click=_discard, args=(question.id,)
                )
        if not text.strip():
            st.button(
                "Start with an outline",
                key="outline-answer",
                icon=":material/format_list_bulleted:",
                on_click=_start_from,
                args=(question,),
            )
        state = "draft kept, not saved" if is_changed else "saved" if saved else "nothing saved yet"
        st.toggle("Preview", True, key="preview-shown")
        st.caption(f"{measures(text, of_minutes)} · {state}", width="content")
    with st.container():  # there or not, it keeps the text area in its place
        side_effects.draw(_place(question.id), partial(_undo_save, question.id))


def _draw_next_part(text: str) -> None:
    """Draw what belongs into the first part of the outline that is empty, nothing without one."""
    part = answer_outline.first_empty_part(text)
    with st.container():  # which keeps the text area in its place, too
        if part is not None:
            title, prompt = part
            st.caption(f"Next: **{title}**, {prompt}")


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
            key="restore-answer",
            icon=":material/settings_backup_restore:",
            on_click=_restore,
            args=(question_id, chosen.body),
        )


def _save(question_id: str) -> None:
    if answer_text.keep(question_id):
        seen = answer_text.seen()
        side_effects.attempt(
            _place(question_id),
            lambda db, clock: answers.save_draft(db, clock, question_id, seen),
            _describe_status,
        )


def _describe_status(made: list[FieldChange]) -> str:
    """Return which status a question got by saving its answer, nothing where it got none."""
    reached = [STATUS_TITLES[change.new] for change in made if change.field == "status"]
    return f"Saved. The question is now **{reached[0]}**." if reached else ""


def _undo_save(question_id: str, place: str) -> None:
    """Undo the save that is told of at a place: what was saved is a draft again."""
    if answer_text.keep(question_id):
        side_effects.undo(place, lambda db, clock: answers.undo_save(db, clock, question_id))


def _place(question_id: str) -> str:
    return f"{_PLACE}-{question_id}"


def _discard(question_id: str) -> None:
    if answer_text.keep(question_id):
        seen = answer_text.seen()
        writes.attempt(lambda db, _clock: answers.discard_draft(db, question_id, seen))


def _start_from(question: Question) -> None:
    def start(db: Database, clock: Clock) -> None:
        text = answer_outline.template(question, settings.load(db).level)
        answers.keep_draft(db, clock, question.id, text, seen="")

    writes.attempt(start)


def _restore(question_id: str, body: str) -> None:
    """Save an earlier revision again; a draft becomes the revision before."""
    if not answer_text.keep(question_id):
        return
    seen = answer_text.seen()

    def restore(db: Database, clock: Clock) -> None:
        answers.save_draft(db, clock, question_id, seen)
        answers.save(db, clock, question_id, body)

    side_effects.attempt(_place(question_id), restore, _describe_status)
