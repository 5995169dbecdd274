"""Where I stand, what comes next, what changed lately."""

import streamlit as st

from prep import coverage, history, questions
from prep.sheets import SHEET_TITLES
from prep.ui import frame, rows, session, status
from prep.ui.text import day, moment, plain, share

NEXT_SHOWN = 3
CHANGES_SHOWN = 8


def draw_standing(sheet: str, counts: dict[str, int]) -> None:
    done, total = counts["done"], counts["total"]
    with st.container(border=True):
        st.metric(
            SHEET_TITLES[sheet],
            f"{done} of {total}",
            f"{share(done, total)} done",
            delta_color="off",
            delta_arrow="off",
        )
        st.progress(done / total)
        st.markdown(status.counts(counts))


def draw_next(sheet: str, upcoming: list[rows.Row]) -> None:
    st.subheader(f"Next in {SHEET_TITLES[sheet].lower()}", anchor=False)
    if not upcoming:
        st.success(
            f"Every {SHEET_TITLES[sheet].lower()} question is done.", icon=status.ICONS["done"]
        )
        return
    phase = upcoming[0]["phase"] or questions.OUTSIDE_SEQUENCE
    st.caption(f"Phase: {plain(phase)}")
    for row in upcoming:
        rows.card(row, key="next")


def draw_lately(changes: list[history.FieldChange]) -> None:
    st.subheader("Changed lately", anchor=False)
    if not changes:
        st.caption("Nothing yet. Start a question above and it shows here.")
    clock = session.clock()
    for change in changes:
        local = change.at.astimezone(clock.zone)
        undo = " (undo)" if change.undoes else ""
        st.markdown(f":gray[{moment(local, clock.today())}] {frame.describe([change])}{undo}")


with session.database() as db:
    totals = coverage.totals(db)
    upcoming = {sheet: questions.next_up(db, sheet, NEXT_SHOWN) for sheet in totals}
    lately = history.changes(db, field="status", limit=CHANGES_SHOWN)

st.title("Today", anchor=False)
st.caption(day(session.today()))
for sheet, column in zip(totals, st.columns(len(totals), gap="medium"), strict=True):
    with column:
        draw_standing(sheet, totals[sheet])
        draw_next(sheet, upcoming[sheet])
draw_lately(lately)
