"""What another tab or device changed while this page stood open: both values, and the choice."""

from __future__ import annotations

import streamlit as st

from prep.content import questions
from prep.errors import DatabaseError
from prep.exchange import conflicts
from prep.exchange.conflicts import Conflict
from prep.practice import form_drafts
from prep.store.change_list import FieldChange
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import changes

_SHOWN = 3
_FIELDS_SHOWN = 5


def draw() -> None:
    """Draw the writes that were refused because of newer data, each with the two ways on.

    Where the database cannot be used, there are none: the page itself says why.
    """
    writes.draws_refused()
    try:
        with session.opened() as db:
            found = conflicts.unresolved(db)
            if not found:
                return
            labels = _labels(found)
            titles = questions.titles(db, labels) | form_drafts.titles(db, labels)
    except DatabaseError:
        return
    for place, conflict in enumerate(found[:_SHOWN]):
        _draw(conflict, titles, "" if place == 0 else f"-{place}")
    if len(found) > _SHOWN:
        st.caption(f"{len(found) - _SHOWN} more were changed elsewhere: they show after these.")


def _labels(found: list[Conflict]) -> set[str]:
    ids = (field.subject_id for conflict in found for field in conflict.fields)
    return {part for subject_id in ids for part in subject_id.split("#")}


def _draw(conflict: Conflict, titles: dict[str, str], end: str) -> None:
    with st.container(border=True, key=f"conflict{end}"):
        st.markdown(":material/call_split: **Changed elsewhere while this page was open.**")
        for field in conflict.fields[:_FIELDS_SHOWN]:
            _draw_field(field, titles)
        if len(conflict.fields) > _FIELDS_SHOWN:
            st.caption(f"and {len(conflict.fields) - _FIELDS_SHOWN} more")
        with st.container(horizontal=True):
            st.button(
                "Keep what is there", key=f"keep-theirs{end}", on_click=_drop, args=(conflict.key,)
            )
            st.button(
                "Use mine", key=f"use-mine{end}", type="primary", on_click=_use, args=(conflict,)
            )


def _draw_field(field: FieldChange, titles: dict[str, str]) -> None:
    there, mine = changes.both(field)
    named = " · ".join(titles.get(part, part) for part in field.subject_id.split("#"))
    st.markdown(f"{escape_markdown(named)}: {changes.title_of(field.field)}")
    left, right = st.columns(2, gap="medium")
    left.caption("There now")
    left.text(there)
    right.caption("Yours")
    right.text(mine)


def _drop(key: str) -> None:
    writes.attempt(lambda db, _clock: conflicts.drop(db, key))


def _use(conflict: Conflict) -> None:
    writes.attempt(lambda db, clock: conflicts.use(db, clock, conflict))
