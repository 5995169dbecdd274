"""The minutes of a system-design round's stages, and how long recordings stay."""

from __future__ import annotations

import streamlit as st

from prep.planning.wording import many
from prep.practice import stages
from prep.progress import settings
from prep.progress.settings import Settings
from prep.progress.stage_texts import LONGEST_STAGE, stages_text
from prep.ui.visit import writes
from prep.ui.widgets import bound

_LONGEST_KEPT = 3650  # days


def draw(chosen: Settings) -> None:
    """Draw both settings, folded away: each is kept as it is changed."""
    with st.expander(
        "Stages and recordings",
        key="mock-settings",
        icon=":material/tune:",
        on_change="rerun",
    ) as panel:
        if panel.open:
            _draw_stages(chosen)
            st.number_input(
                "Delete recordings after so many days (0 keeps them)",
                min_value=0,
                max_value=_LONGEST_KEPT,
                key=bound.bind("recording-days", chosen.recording_days),
                on_change=_save_days,
                width=330,
            )


def _draw_stages(chosen: Settings) -> None:
    whole = sum(minutes for _, minutes in chosen.stages)
    st.markdown(f"**Stages of a system-design round** :gray[{many(whole, 'minute')} in all]")
    with st.grid(min_column_width=130, gap="small"):
        for title, (name, minutes) in zip(stages.titles(), chosen.stages, strict=True):
            _draw_stage(chosen, title, name, minutes)
    st.caption("Minutes each. A round of another length keeps their proportion; 0 leaves one out.")


def _draw_stage(chosen: Settings, title: str, name: str, minutes: int) -> None:
    key = bound.bind(f"stage-{name}", minutes)
    st.number_input(
        title,
        min_value=0,
        max_value=LONGEST_STAGE,
        key=key,
        on_change=_save_stage,
        args=(chosen, name, key),
    )


def _save_stage(chosen: Settings, name: str, key: str) -> None:
    if bound.is_changed(key):
        given = dict(chosen.stages) | {name: st.session_state[key]}
        _change("stages", stages_text(tuple(given.items())))


def _save_days() -> None:
    if bound.is_changed("recording-days"):
        _change("recording_days", str(st.session_state["recording-days"]))


def _change(key: str, text: str) -> None:
    writes.attempt(lambda db, clock: settings.change(db, clock, {key: text}))
