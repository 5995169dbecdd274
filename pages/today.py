"""The one-minute answer: where I stand, what is on today, whether I will be ready."""

from datetime import date, timedelta
from typing import Literal

import streamlit as st

from prep.content import questions
from prep.content.models import SHEET_TITLES
from prep.planning import wording
from prep.planning.plan_items import PlanItem
from prep.planning.plan_status import PlanStatus, minutes
from prep.practice import review_queue
from prep.progress import activity
from prep.progress.activity import Activity
from prep.progress.study_days import monday_of
from prep.store import cache, change_list
from prep.ui import page_paths
from prep.ui.browser import deferred_refresh
from prep.ui.data import imports
from prep.ui.plan import first_run, heat_map
from prep.ui.question import rows
from prep.ui.shell import undo
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import changes, status

PAGE = "today"
_PLACES = "today-places"
CARDS_SHOWN = 6
SLIPPED_SHOWN = 5
CHANGES_SHOWN = 5


@st.fragment(key=PAGE)
def draw_all() -> None:
    """Draw everything that a click on a question of today changes."""
    with session.database() as db:
        deferred_refresh.shows(cache.personal(db))
        plan = session.load_plan_status(db)
        todays = plan.on(plan.today)
        active = activity.by_day(db, session.clock())
        lately = change_list.changes(db, field="status", limit=CHANGES_SHOWN)
        to_review = len(review_queue.due(db, session.clock(), plan.settings))
        offered = undo.offer(db)
    writes.show_error()
    undo.show()
    if plan.settings.start_on is None:
        first_run.draw(plan)
    draw_progress(plan, active)
    left, right = st.columns([3, 2], gap="large")
    with left:
        draw_today(plan, todays, to_review)
        draw_week(plan)
        draw_slipped(plan)
    with right:
        heat_map.draw(active, plan)
        draw_lately(lately, offered)


def draw_progress(plan: PlanStatus, active: Activity) -> None:
    """Draw how far the person is with each sheet, the streak and the forecast."""
    found = plan.forecast()
    with st.grid(columns=4, min_column_width=160, key="progress"):
        for sheet in plan.settings.sheets:
            progress = plan.progress(sheet)
            draw_metric(
                f"{SHEET_TITLES[sheet]}, {progress.planned} due",
                f"{progress.done} of {progress.total}",
                wording.days_ahead(progress.days_ahead),
                "",
                progress.days_ahead,
            )
        target = plan.settings.target_on
        if target is not None and target >= plan.today:
            days = (target - plan.today).days
            likely = "" if found.probability is None else wording.share(found.probability, 1)
            draw_metric("Interview", wording.many(days, "day"), likely, "to be done", 0)
        streak = activity.streak(active, plan.settings.calendar(), plan.today)
        draw_metric(
            "Streak", wording.many(streak.days, "day"), f"best {streak.best}", "study days", 0
        )
    advice = wording.advice(found, plan.settings)
    st.markdown(f"{wording.forecast(found, plan.settings)} {advice or ''}")


def draw_metric(label: str, value: str, note: str, detail: str, days_ahead: int) -> None:
    """Draw one figure; its note is green ahead of the plan and orange behind it."""
    color: Literal["gray", "green", "orange"] = "gray"
    if days_ahead:
        color = "green" if days_ahead > 0 else "orange"
    st.metric(
        label,
        value,
        note,
        delta_color=color,
        delta_arrow="off",
        delta_description=detail,
        border=True,
    )


def draw_today(plan: PlanStatus, todays: list[PlanItem], to_review: int) -> None:
    """Draw today's reviews and questions, and what is done of them."""
    done = plan.done_on(plan.today)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader("Today's questions", anchor=False, width="content")
        if todays:
            about = f"{wording.many(len(todays), 'question')}, {minutes(todays)} min"
            st.caption(about, width="content")
    with st.container():  # also without reviews, so that the cards stand where they stood
        draw_reviews(to_review)
    for question_id, minutes_of in in_place([*todays[:CARDS_SHOWN], *done]).items():
        draw_card(question_id, minutes_of, plan.today)
    for item in todays[CARDS_SHOWN:]:
        rows.line(item.id, item.title, item.status)
    if not todays:
        st.markdown(nothing_on(plan, bool(done)))


def in_place(items: list[PlanItem]) -> dict[str, int]:
    """Return the minutes of each question by its id, each where it stood since the page was opened.

    Streamlit knows a fragment by its place: moved up, it would miss the click that is on its way.
    """
    places: dict[str, int] = st.session_state[_PLACES]
    places.update((item.id, item.minutes) for item in items)
    return places


@st.fragment
def draw_card(question_id: str, minutes: int, today: date) -> None:
    """Draw one of today's questions; a click on it is answered here, by the rest after that."""
    with session.database() as db:
        question, version = questions.get(db, question_id), cache.personal(db)
    writes.show_error()
    if question.status == "done":
        st.markdown(done_line(question.title, question_id))
    elif question.moved_to and question.moved_to > today:
        st.markdown(f":gray-badge[:material/redo: Later] {escape_markdown(question.title)}")
    else:
        rows.card(question, minutes)
    deferred_refresh.follow(PAGE, version, question_id)


def done_line(title: str, question_id: str) -> str:
    """Return a question that is done today as a line of Markdown."""
    return f"{status.badge('done')} {escape_markdown(title)} :gray[{question_id}]"


def draw_reviews(to_review: int) -> None:
    """Draw how many reviews are due, nothing where none is."""
    if not to_review:
        return
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.markdown(
            f"**Review {wording.many(to_review, 'question')}**  \n:small[:gray[Recall what you have"
            f" prepared, about {to_review * review_queue.MINUTES_A_REVIEW} min]]",
            width="content",
        )
        st.page_link(page_paths.REVIEW, label="Begin", icon=":material/replay:", width="content")


def nothing_on(plan: PlanStatus, something_done: bool) -> str:
    """Return what to say where no question is left for today."""
    if not plan.planned:
        return f"{status.badge('done')} Every question in your plan is done."
    upcoming = plan.planned[0]
    then = (
        f"Next: **{escape_markdown(upcoming.item.title)}**"
        f" on {upcoming.date:%A}, {wording.day(upcoming.date)}."
    )
    if something_done:
        return f"That is all for today. {then}"
    if plan.today not in plan.settings.calendar():
        return f"A day of rest. {then}"
    return f"Nothing is planned for today. {then}"


def draw_week(plan: PlanStatus) -> None:
    """Draw which questions are on each day of this week."""
    st.subheader("This week", anchor=False)
    lines = []
    monday = monday_of(plan.today)
    for day in (monday + timedelta(days=n) for n in range(7)):
        done = [f"~~{item.id}~~" for item in plan.done_on(day)]
        planned = [item.id for item in plan.on(day)]
        if done or planned or day in plan.settings.calendar():
            name = f"**{day:%a} {day.day}**" if day == plan.today else f"{day:%a} {day.day}"
            lines.append(f"- {name} &ensp; {' · '.join(done + planned) or ':gray[–]'}")
    st.markdown("\n".join(lines))
    st.page_link(
        page_paths.TIMELINE,
        label="Move questions on the timeline",
        icon=":material/calendar_month:",
    )


def draw_slipped(plan: PlanStatus) -> None:
    """Draw the questions that were planned before today and are open, with their new day."""
    slipped = plan.slipped
    if not slipped:
        return
    st.subheader("Slipped", anchor=False)
    catch_up = plan.catch_up
    st.caption(
        f"{wording.many(len(slipped), 'question')} planned before today and still open."
        f" The plan now ends {wording.many(plan.slipped_days, 'study day')} later"
        + (f"; {catch_up} a study day would catch up." if catch_up else ".")
    )
    now = {item.id: day for day, item in plan.planned}
    lines = [
        f"- {escape_markdown(item.title)}"
        f" :gray[{item.id}, {wording.day(day)} → {wording.day(now[item.id])}]"
        for day, item in slipped[:SLIPPED_SHOWN]
    ]
    if len(slipped) > SLIPPED_SHOWN:
        lines.append(f"- :gray[and {len(slipped) - SLIPPED_SHOWN} more]")
    st.markdown("\n".join(lines))


def draw_lately(lately: list[change_list.FieldChange], offered: undo.Offer) -> None:
    """Draw the last changes of status, with the way to undo the last of all."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Changed lately", anchor=False, width="content")
        if lately:
            undo.draw(offered, "-here", type="tertiary")
    if not lately:
        st.caption("Nothing yet. Start a question and it shows here.")
        return
    changes.draw(lately, lambda change: changes.describe([change]))


st.title("Today", anchor=False)
st.caption(f"{session.today():%A}, {wording.day(session.today())}")
imports.draw_notice()
st.session_state[_PLACES] = {}
draw_all()
