"""The suggested study sequence of both sheets on the calendar."""

import pandas as pd
import streamlit as st

from prep import charts, coverage, plan, questions, settings
from prep.sheets import SHEET_TITLES
from prep.ui import rows, session, status
from prep.ui.text import day, plain

START_KEY = "start-on"


def save_start() -> None:
    start = st.session_state[START_KEY]
    session.attempt(lambda db, clock: settings.set_day(db, clock, settings.START_ON, start))


def draw_start() -> None:
    st.session_state[START_KEY] = start
    st.date_input(
        "Week 1 begins on", key=START_KEY, format="YYYY-MM-DD", width=200, on_change=save_start
    )
    if start is None:
        st.caption("Not set yet: the calendar below shows what starting today would mean.")


def draw_sheet(sheet: str, phases: pd.DataFrame, pace_notes: list[str]) -> None:
    st.subheader(SHEET_TITLES[sheet], anchor=False)
    laid = plan.timeline(phases, start or today, today)
    st.markdown(summary(laid))
    st.altair_chart(
        charts.gantt(laid, today, colors),
        key=f"gantt-{sheet}",
        alt=f"{SHEET_TITLES[sheet]}: phases on the calendar, and how much of each is done",
    )
    with st.expander(
        "Table and advice", key=f"phases-{sheet}", on_change="rerun", icon=":material/table:"
    ) as table:
        if table.open:
            draw_table(laid)
    st.caption(f"The sheet's own pace: {plain(' '.join(pace_notes))}")


def summary(laid: pd.DataFrame) -> str:
    behind = int(laid["behind"].sum())
    last_day = day(laid["last_day"].max().date())
    if laid["done"].sum() == laid["total"].sum():
        return f"{status.badge('done')} Every phase is finished."
    if behind:
        phases = ", ".join(plain(row.title) for row in laid.itertuples() if row.behind)
        return f":red[**{behind} questions behind**] in {phases}. The sequence ends on {last_day}."
    return f"Nothing is behind. The sequence ends on {last_day}."


def draw_table(laid: pd.DataFrame) -> None:
    table = laid[["title", "first_day", "last_day", "done", "total", "behind", "advice"]]
    st.dataframe(
        table.assign(first_day=table["first_day"].dt.date, last_day=table["last_day"].dt.date),
        hide_index=True,
        column_config={
            "title": "Phase",
            "first_day": "From",
            "last_day": "To",
            "done": "Done",
            "total": "Questions",
            "behind": "Behind",
            "advice": st.column_config.TextColumn("Advice", width="large"),
        },
    )


def draw_outside(outside: list[rows.Row]) -> None:
    if not outside:
        return
    st.subheader(questions.OUTSIDE_SEQUENCE, anchor=False)
    st.caption(f"The sheets give these {len(outside)} questions no phase. They are yours to place.")
    for row in outside:
        rows.line(row)


today = session.today()
colors = charts.palette(session.is_dark())
with session.database() as db:
    start = settings.get_day(db, settings.START_ON)
    phases = coverage.phase_progress(db)
    notes = {row["slug"]: row["pace_notes"] for row in questions.sheet_notes(db)}
    outside = questions.find(db, {"phase": [f"{sheet}:outside" for sheet in SHEET_TITLES]})

st.title("Timeline", anchor=False)
session.show_error()
draw_start()
for sheet in SHEET_TITLES:
    draw_sheet(sheet, phases[phases["sheet"] == sheet], notes[sheet])
draw_outside(outside)
