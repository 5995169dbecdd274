"""A form whose fields are kept while one types: it outlasts a reload until it is saved.

Its fields and its buttons stand in one fragment, so that a pause in typing draws nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.practice import form_drafts
from prep.practice.form_drafts import Value
from prep.ui.visit import session, typed_text, writes

RESTS_FOR = "1s"  # without a keystroke, as static/autosave.js has it for text areas
_GONE = "No longer there: choose another"
_SAVES = "forms_saved"  # how often each form was saved in this visit


@dataclass(frozen=True)
class Form:
    """A form: its name in `form_drafts`, and how its fields are saved."""

    name: str
    save: Callable[[Database, Clock, dict[str, Value]], object]


@dataclass(frozen=True)
class Drawn:
    """A form while it is drawn: the text or choice that each field shows."""

    form: Form
    shown: dict[str, Value]
    is_draft: bool
    saves: int

    def text_input(self, field: str, label: str, **look: Any) -> None:
        """Draw a line to type."""
        st.text_input(
            label,
            key=self._register(field, self.shown[field]),
            live=RESTS_FOR,
            on_change=_keep_typed,
            **look,
        )

    def text_area(self, field: str, label: str, **look: Any) -> None:
        """Draw an area to type in."""
        key = self._register(field, self.shown[field])
        st.text_area(label, key=key, on_change=_keep_typed, **look)

    def selectbox(
        self,
        field: str,
        label: str,
        options: Sequence[Value],
        format_func: Callable[[Any], str] = str,
    ) -> None:
        """Draw a choice; a value that is no longer an option stands there, to be changed."""
        value = self.shown[field]
        st.selectbox(
            label,
            options if value in options else [value, *options],
            key=self._register(field, value),
            format_func=lambda option: format_func(option) if option in options else _GONE,
            on_change=_keep_typed,
        )

    def _register(self, field: str, value: Value) -> str:
        key = _key(self.form, field)
        typed_text.register(key, value, _keeping(self.form, field))
        return key


def draw(
    form: Form, draw_fields: Callable[[Drawn], None], label: str, icon: str | None = None
) -> None:
    """Draw a form with what was typed into it last; its button of this label saves it."""
    _draw(form, draw_fields, label, icon, _saves(form))


@st.fragment
def _draw(
    form: Form,
    draw_fields: Callable[[Drawn], None],
    label: str,
    icon: str | None,
    saves: int,
) -> None:
    if _saves(form) != saves:
        st.rerun()  # the page around shows what was saved
    with session.database() as db:
        saved, shown = form_drafts.saved(db, form.name), form_drafts.shown(db, form.name)
    drawn = Drawn(form, shown, shown != saved, saves)
    draw_fields(drawn)
    _draw_buttons(drawn, label, icon)
    writes.show_error()


def _draw_buttons(drawn: Drawn, label: str, icon: str | None) -> None:
    name = drawn.form.name
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            label, key=f"save-{name}", type="primary", icon=icon, on_click=_save, args=(drawn,)
        )
        if drawn.is_draft:
            with st.popover("Discard draft", icon=":material/delete:"):
                st.caption("What you typed since the last save is lost.")
                st.button("Discard it", key=f"discard-{name}", on_click=_discard, args=(drawn,))
            st.caption("draft kept, not saved", width="content")


def _keep_typed() -> None:
    writes.keep_typed()


def _keeping(form: Form, field: str) -> typed_text.Keep:
    def keep(db: Database, clock: Clock, value: Value, seen: Value) -> None:
        form_drafts.keep(db, clock, form.name, {field: value}, seen={field: seen})

    return keep


def _save(drawn: Drawn) -> None:
    form = drawn.form
    if _saves(form) != drawn.saves:
        return  # a double click: it is saved
    values = _values(drawn)

    def write(db: Database, clock: Clock) -> None:
        with form_drafts.taken(db, form.name, values):
            form.save(db, clock, values)

    if writes.attempt(write):
        st.session_state.setdefault(_SAVES, {})[form.name] = drawn.saves + 1


def _discard(drawn: Drawn) -> None:
    values = _values(drawn)
    writes.attempt(lambda db, _clock: form_drafts.discard(db, drawn.form.name, values))


def _values(drawn: Drawn) -> dict[str, Value]:
    """Return what stands in the fields."""
    typed = {
        name: st.session_state.get(_key(drawn.form, name), value)
        for name, value in drawn.shown.items()
    }
    return {name: "" if value is None else value for name, value in typed.items()}


def _saves(form: Form) -> int:
    saves: int = st.session_state.get(_SAVES, {}).get(form.name, 0)
    return saves


def _key(form: Form, field: str) -> str:
    return f"{form.name}-{field}"
