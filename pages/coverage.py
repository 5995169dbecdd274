"""How far each category is covered, and how that grew."""

import pandas as pd
import streamlit as st
from sqlite_utils import Database

from prep import charts
from prep.content.models import SHEET_TITLES
from prep.planning.wording import share
from prep.practice import review_queue
from prep.progress import coverage, settings, time_spent
from prep.progress.setting_texts import FIT
from prep.progress.tracker import STATUS_TITLES, STATUSES
from prep.ui import page_paths
from prep.ui.plan import passes_panel
from prep.ui.question import filters
from prep.ui.visit import session, writes
from prep.ui.widgets import chart, status

HAVE_I_DONE_IT, WOULD_I_REMEMBER_IT = "Have I done it", "Would I remember it"
EACH_WEEK, IN_ALL = "Each week", "In all"
DIMENSIONS = ["Category", "Phase", "Level", "Difficulty"]


def draw_total(title: str, counts: dict[str, int], published: tuple[int, int]) -> None:
    """Draw how much of a sheet is done, and beside it how many articles the site has."""
    with st.container(border=True):
        st.metric(title, f"{counts['done']} of {counts['total']} done")
        st.markdown(status.counts(counts))
        st.caption(
            f":material/article: nSkillHub has published {published[0]} of {published[1]} articles"
            f" ({share(*published)}). That is the site's progress, not yours."
        )


def draw_groups(sheet: str, frame: pd.DataFrame, dimension: str) -> None:
    """Draw one sheet's questions by category, phase, level or difficulty; a click opens them."""
    st.subheader(SHEET_TITLES[sheet], anchor=False)
    if frame.empty:
        st.caption(f"The {SHEET_TITLES[sheet].lower()} sheet has no {dimension.lower()}.")
        return
    event = chart.draw(
        charts.coverage_bars(frame, colors),
        key=f"bars-{sheet}-{dimension}",
        on_select="rerun",
        alt=f"{SHEET_TITLES[sheet]}: questions by {dimension.lower()} and status, as in the table",
    )
    chart.draw_table(f"table-{sheet}-{dimension}", lambda: draw_counts(dimension, frame))
    clicked = event.selection.get(charts.CLICKED_GROUP)
    if clicked:
        open_sheet(sheet, dimension, clicked[0]["group"])


def with_scope(db: Database, frame: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Return the counts with how many of each group are `in_scope`, where the plan is fitted."""
    if settings.load(db).scope != FIT:
        return frame
    scoped = coverage.in_scope_by_group(db, dimension)
    keys = zip(frame["sheet"], frame["position"], strict=True)
    return frame.assign(in_scope=[scoped.get(key, 0) for key in keys])


def draw_counts(dimension: str, frame: pd.DataFrame) -> None:
    """Draw the counts of each status as a table."""
    wide = frame.pivot(index=["position", "group"], columns="status", values="count")
    wide = wide.reindex(columns=list(STATUSES)).rename(columns=STATUS_TITLES)
    wide["Total"] = wide.sum(axis=1)
    st.dataframe(wide.reset_index("group").rename(columns={"group": dimension}), hide_index=True)


def open_sheet(sheet: str, dimension: str, group: str) -> None:
    """Open Sheets, filtered to one group of a sheet."""
    value = filters.phase_option(sheet, group) if dimension == "Phase" else group
    st.switch_page(
        page_paths.SHEETS,
        query_params={"sheet": SHEET_TITLES[sheet], dimension.lower(): value},
    )


@st.fragment
def draw_progress(weeks: pd.DataFrame) -> None:
    """Draw how many questions were done each week, or in all by then."""
    st.subheader("Progress over time", anchor=False)
    if weeks.empty:
        st.caption("Nothing is done yet. The first question you finish starts this chart.")
        return
    counted = st.segmented_control(
        "Questions done",
        [EACH_WEEK, IN_ALL],
        default=IN_ALL,
        required=True,
        key="counted",
        bind="query-params",
        label_visibility="collapsed",
    )
    draw_it = charts.done_by_week if counted == EACH_WEEK else charts.cumulative
    chart.draw(draw_it(weeks, colors), alt=f"Questions done {counted.lower()}, by sheet")
    chart.draw_table("weeks", lambda: draw_weeks(weeks))


def draw_weeks(weeks: pd.DataFrame) -> None:
    """Draw the weeks as a table."""
    st.dataframe(
        weeks.assign(sheet=weeks["sheet"].map(SHEET_TITLES), week=weeks["week"].dt.date),
        hide_index=True,
        column_config={
            "week": "Week of",
            "sheet": "Sheet",
            "done": "Done that week",
            "cumulative": "Done in all",
        },
    )


def draw_remembered(sheet: str, frame: pd.DataFrame) -> None:
    """Draw by category how many questions of a sheet one would recall now."""
    title = SHEET_TITLES[sheet]
    st.subheader(title, anchor=False)
    total = f"{frame['remembered'].sum():.0f} of {frame['total'].sum()}"
    st.caption(
        f"You would recall about {total} now; {frame['reviewed'].sum()} take part in reviews."
    )
    chart.draw(
        charts.remembered_bars(frame, colors),
        key=f"remembered-{sheet}",
        alt=f"{title}: questions that you would recall now, by category, {total} in all",
    )
    chart.draw_table(f"remembered-table-{sheet}", lambda: draw_recalled(frame))


def draw_recalled(frame: pd.DataFrame) -> None:
    """Draw the same as a table."""
    st.dataframe(
        frame[["group", "total", "reviewed", "remembered"]].round(1),
        hide_index=True,
        column_config={
            "group": "Category",
            "total": "Questions",
            "reviewed": "Take part in reviews",
            "remembered": "You would recall",
        },
    )


@st.fragment
def draw_time(shown: list[str]) -> None:
    """Draw the minutes spent, by category, week or question."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Time spent", anchor=False, width="content")
        by = st.segmented_control(
            "Minutes by",
            ["Category", "Week", "Question"],
            default="Category",
            required=True,
            key="time-by",
            label_visibility="collapsed",
        )
    with session.database() as db:
        minutes = time_spent.minutes_by_group(db, by.lower())
    minutes = minutes[minutes["sheet"].isin(shown)]
    if minutes.empty:
        st.caption("Nothing is counted yet: reading, writing answers, reviews and mocks count.")
        return
    wide = minutes.assign(kind=minutes["kind"].map(time_spent.KINDS)).pivot_table(
        index=["sheet", "group"], columns="kind", values="minutes", aggfunc="sum", sort=False
    )
    wide["All"] = wide.sum(axis=1)
    table = wide.fillna(0).round().astype(int).reset_index()
    st.dataframe(
        table.assign(sheet=table["sheet"].map(SHEET_TITLES)),
        hide_index=True,
        column_config={"sheet": "Sheet", "group": "Week of" if by == "Week" else by},
    )


colors = charts.palette(session.is_dark())

st.title("Coverage", anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = st.segmented_control(
        "Sheet",
        [filters.ALL_SHEETS, *SHEET_TITLES.values()],
        default=filters.ALL_SHEETS,
        required=True,
        key="shown",
        bind="query-params",
    )
    view = st.segmented_control(
        "View",
        [HAVE_I_DONE_IT, WOULD_I_REMEMBER_IT],
        default=HAVE_I_DONE_IT,
        required=True,
        key="view",
        bind="query-params",
    )
    dimension = st.segmented_control(
        "By",
        DIMENSIONS,
        disabled=view == WOULD_I_REMEMBER_IT,
        default="Category",
        required=True,
        key="by",
        bind="query-params",
    )

with session.database() as db:
    totals = coverage.totals(db)
    published = coverage.articles_published(db)
    groups = with_scope(db, coverage.counts_by_group(db, dimension.lower()), dimension.lower())
    weeks = coverage.done_by_week(db, session.today())
    if view == WOULD_I_REMEMBER_IT:
        clock, preferences = session.clock(), settings.load(db)
        items = review_queue.list_items(db, preferences, clock.today())
        known = review_queue.retrievability(items, clock.now(), preferences)
        remembered = coverage.remembered(db, known)

shown = [slug for slug, title in SHEET_TITLES.items() if chosen in (filters.ALL_SHEETS, title)]
for sheet, column in zip(shown, st.columns(len(shown), gap="medium"), strict=True):
    with column:
        if view == WOULD_I_REMEMBER_IT:
            draw_remembered(sheet, remembered[remembered["sheet"] == sheet])
        else:
            draw_total(SHEET_TITLES[sheet], totals[sheet], published[sheet])
            draw_groups(sheet, groups[groups["sheet"] == sheet], dimension)
if view == HAVE_I_DONE_IT:
    st.caption("A click on a bar opens the sheet filtered to it.")
    draw_progress(weeks[weeks["sheet"].isin(shown)])
    draw_time(shown)
    writes.show_error()
    passes_panel.draw()
