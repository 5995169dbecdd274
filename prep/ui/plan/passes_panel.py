"""Starting a second pass, and comparing it with the first."""

from __future__ import annotations

from typing import Any

import streamlit as st

from prep.content import phases, questions
from prep.content.models import SHEET_TITLES
from prep.planning.wording import day, many
from prep.progress import passes
from prep.progress.passes import Pass
from prep.progress.tracker import STATUS_TITLES
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes

EVERYTHING = "Everything that was begun"


def draw() -> None:
    """Draw the passes that ended, and a form that ends the present one."""
    with session.database() as db:
        ended = passes.list_passes(db)
        scopes = _scopes(db)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Passes", anchor=False, width="content")
        _draw_new(scopes)
    if not ended:
        st.caption("Preparing again, for the next interview? Statuses begin anew; this pass stays.")
    for one in ended:
        _draw_ended(one)


def _scopes(db: Any) -> dict[str, dict[str, list[Any]]]:
    scopes: dict[str, dict[str, list[Any]]] = {EVERYTHING: {}}
    scopes |= {title: {"sheet": [sheet]} for sheet, title in SHEET_TITLES.items()}
    for category in phases.list_categories(db):
        scopes[f"{SHEET_TITLES[category.sheet]}: {category.title}"] = {"category": [category.key]}
    return scopes


def _draw_new(scopes: dict[str, dict[str, list[Any]]]) -> None:
    with st.popover(
        "Start a new pass", key="new-pass", icon=":material/restart_alt:", on_change="rerun"
    ) as panel:
        if not panel.open:
            return
        scope = st.selectbox("What to do again", list(scopes), key="pass-scope")
        st.text_input(
            "Name of the pass that ends",
            key="pass-title",
            placeholder="The interview it was for",
            max_chars=200,
        )
        st.caption(
            "Their statuses go back to To do. Answers, notes, stories and reviews stay, and how"
            " far you were is kept. Undo takes it back."
        )
        st.button("Start", key="start-pass", type="primary", on_click=_begin, args=(scopes[scope],))


def _begin(scope: dict[str, list[Any]]) -> None:
    title = st.session_state["pass-title"]

    def write(db: Any, clock: Any) -> None:
        ids = [question.id for question in questions.find(db, scope)]
        passes.begin(db, clock, ids, title)

    writes.attempt(write)


def _draw_ended(one: Pass) -> None:
    label = (
        f"{escape_markdown(one.title)}: {one.done} of {many(one.questions, 'question')}"
        f" done, ended {day(one.ended_on)}"
    )
    with st.expander(label, key=f"pass-{one.id}", on_change="rerun") as panel:
        if not panel.open:
            return
        with session.database() as db:
            frame = passes.compare(db, one.id)
        for name in ("status_then", "status_now"):
            frame[name] = frame[name].map(STATUS_TITLES)
        again = int((frame["status_now"] == STATUS_TITLES["done"]).sum())
        st.caption(f"{again} of {many(len(frame), 'question')} done again so far.")
        st.dataframe(
            frame,
            hide_index=True,
            placeholder="–",
            column_config={
                "id": "ID",
                "title": st.column_config.TextColumn("Question", width=320),
                "status_then": "Then",
                "status_now": "Now",
                "done_then": "Done then",
                "done_now": "Done now",
                "confidence_then": "Confidence then",
                "confidence_now": "Confidence now",
            },
        )
