"""Where I stand, what comes next, what changed lately."""

import streamlit as st

from prep import coverage, history, questions
from prep.sheets import SHEET_TITLES
from prep.ui import changes, rows, session, status
from prep.ui.text import day, plain, share

NEXT_SHOWN = 4
CHANGES_SHOWN = 5


@st.fragment
def draw_sheet(sheet: str) -> None:
    with session.database() as db:
        counts = coverage.totals(db)[sheet]
        upcoming = questions.next_up(db, sheet, NEXT_SHOWN)
        lately = history.changes(db, sheet=sheet, field="status", limit=CHANGES_SHOWN)
    session.show_error()
    draw_standing(sheet, counts)
    draw_next(SHEET_TITLES[sheet].lower(), upcoming)
    draw_lately(lately)


def draw_next(title: str, upcoming: list[rows.Row]) -> None:
    st.subheader(f"Next in {title}", anchor=False)
    if not upcoming:
        st.success(f"Every {title} question is done.", icon=status.ICONS["done"])
        return
    st.caption(f"Phase: {plain(upcoming[0]['phase'] or questions.OUTSIDE_SEQUENCE)}")
    now, *then = upcoming
    rows.card(now)
    st.markdown("\n".join(f"- {plain(row['title'])} :gray[{row['id']}]" for row in then))


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


def draw_lately(lately: list[history.FieldChange]) -> None:
    st.subheader("Changed lately", anchor=False)
    if not lately:
        st.caption("Nothing yet. Start a question above and it shows here.")
        return
    changes.draw(lately, lambda change: changes.describe([change]))


st.title("Today", anchor=False)
st.caption(day(session.today()))
for sheet, column in zip(SHEET_TITLES, st.columns(len(SHEET_TITLES), gap="medium"), strict=True):
    with column:
        draw_sheet(sheet)
