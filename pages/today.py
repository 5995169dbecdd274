"""The one-minute answer: where I stand, what is on today, whether I will be ready."""

from datetime import date

import streamlit as st

from prep.content import questions
from prep.content.models import SHEET_TITLES
from prep.planning import moves, verdict, wording
from prep.planning.plan_items import PlanItem
from prep.planning.plan_status import PlanStatus
from prep.practice import review_queue
from prep.progress import activity
from prep.progress.activity import Activity
from prep.progress.setting_texts import MINUTES
from prep.store import cache, change_list
from prep.ui import page_paths
from prep.ui.browser import deferred_refresh
from prep.ui.data import imports
from prep.ui.plan import first_run, heat_map, scope_panel, session_path, this_week
from prep.ui.plan.session_path import Path
from prep.ui.question import moving, rows
from prep.ui.shell import undo
from prep.ui.text import escape_markdown
from prep.ui.visit import going, session, writes
from prep.ui.widgets import changes, status

PAGE = "today"
_PLACES = "today-places"
CARDS_SHOWN = 6
CHANGES_SHOWN = 5
VERDICT_ICONS = {
    "done": ":green[:material/check_circle:]",
    "ahead": ":green[:material/check_circle:]",
    "on track": ":green[:material/check_circle:]",
    "not begun": ":material/flag:",
    "behind": ":orange[:material/error:]",
    "late": ":orange[:material/error:]",
}


@st.fragment(key=PAGE)
def draw_all() -> None:
    """Draw everything that a click on a question of today changes."""
    going.follow()
    with session.database() as db:
        deferred_refresh.shows(cache.personal(db))
        plan = session.load_plan_status(db)
        todays = plan.on(plan.today)
        active = activity.by_day(db, session.clock())
        lately = change_list.changes(db, field="status", limit=CHANGES_SHOWN)
        path = session_path.load(db, session.clock(), plan)
        offered = undo.offer(db)
    writes.show_error()
    undo.show()
    is_first_run = plan.settings.start_on is None and bool(plan.planned)
    if is_first_run:
        first_run.draw(plan)
    else:
        draw_verdict(plan)
        session_path.draw_begin(path)
        scope_panel.draw_notice(plan)
        draw_progress(plan, active)
    left, right = st.columns([3, 2], gap="large")
    with left:
        draw_today(plan, todays, path)
        this_week.draw(plan)
        this_week.draw_slipped(plan)
    with right:
        heat_map.draw(active, plan)
        draw_lately(lately, offered)


def draw_verdict(plan: PlanStatus) -> None:
    """Draw where the person stands in one sentence."""
    found = verdict.of_plan(plan)
    st.markdown(f"{VERDICT_ICONS[found.state]} **{found.sentence}**")


def draw_progress(plan: PlanStatus, active: Activity) -> None:
    """Draw how far the person is with each sheet, the interview, the streak and the forecast."""
    with st.grid(columns=4, min_column_width=160, key="progress"):
        for sheet in plan.settings.sheets:
            progress = plan.progress(sheet)
            draw_metric(
                SHEET_TITLES[sheet],
                f"{progress.done} of {progress.total}",
                f"{progress.planned} due so far",
            )
        target = plan.settings.target_on
        if target is not None and target >= plan.today:
            days = wording.many((target - plan.today).days, "day")
            draw_metric("Interview", days, wording.day(target))
        streak = activity.streak(active, plan.settings.calendar(), plan.today)
        draw_metric("Streak", wording.many(streak.days, "day"), f"best {streak.best}")
    if plan.planned:
        st.markdown(wording.forecast(plan.forecast(), plan.settings))


def draw_metric(label: str, value: str, note: str) -> None:
    """Draw one figure with a note."""
    st.metric(label, value, note, delta_color="gray", delta_arrow="off", border=True)


def draw_today(plan: PlanStatus, todays: list[PlanItem], path: Path) -> None:
    """Draw today's reviews and questions within the minutes there are, and what is done of them."""
    done = plan.done_on(plan.today)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader("Today's questions", anchor=False, width="content")
        if not path.is_over:
            st.caption(total_of(plan, path), width="content")
    with st.container():  # also without reviews, so that the cards stand where they stood
        draw_reviews(path)
    whole = {item.id: item.minutes for item in plan.all_items}
    for question_id, about in in_place([*todays[:CARDS_SHOWN], *done], whole).items():
        draw_card(question_id, about, plan.today)
    for item in todays[CARDS_SHOWN:]:
        rows.line(item.id, item.title, item.status, rows.TODAY)
    if not todays:
        st.markdown(nothing_on(plan, bool(done), bool(path.all_reviews)))
    draw_bring_forward(plan)


def total_of(plan: PlanStatus, path: Path) -> str:
    """Return the minutes of the day, reviews included, and of how many there are."""
    counts = {"review": path.all_reviews, "question": len(path.open)}
    parts = [wording.many(count, noun) for noun, count in counts.items() if count]
    about = f"{' and '.join(parts)}, {path.minutes_left} min"
    if plan.settings.pace.unit != MINUTES:
        return about
    return f"{about} of {plan.settings.minutes_a_day}"


def draw_bring_forward(plan: PlanStatus) -> None:
    """Draw a button that moves the next question of the plan to today, where there is one."""
    following = moves.next_to_bring_forward(plan)
    if following is not None:
        st.button(
            "Bring one forward",
            key="bring-forward",
            icon=":material/undo:",
            type="tertiary",
            on_click=moving.by_hand,
            args=([following], plan.today),
        )


def in_place(items: list[PlanItem], whole: dict[str, int]) -> dict[str, str]:
    """Return each question's minutes in words by its id, where it stood since the page was opened.

    `whole` are the minutes that each takes in all.

    Streamlit knows a fragment by its place: moved up, it would miss the click that is on its way.
    """
    places: dict[str, str] = st.session_state[_PLACES]
    places.update((item.id, minutes_of(item, whole[item.id])) for item in items)
    return places


def minutes_of(item: PlanItem, whole: int) -> str:
    """Return the minutes of a question today in words, and of how many where that is a part."""
    return f"{item.minutes} min" if item.minutes >= whole else f"{item.minutes} of {whole} min"


@st.fragment
def draw_card(question_id: str, about: str, today: date) -> None:
    """Draw one of today's questions; a click on it is answered here, by the rest after that."""
    going.follow()
    with session.database() as db:
        question, version = questions.get(db, question_id), cache.personal(db)
    writes.show_error()
    if question.status == "done":
        st.markdown(done_line(question.title, question_id))
    elif question.moved_to and question.moved_to > today:
        st.markdown(f":gray-badge[:material/redo: Later] {escape_markdown(question.title)}")
    else:
        rows.card(question, about)
    deferred_refresh.follow([PAGE], version, question_id)


def done_line(title: str, question_id: str) -> str:
    """Return a question that is done today as a line of Markdown."""
    return f"{status.badge('done')} {escape_markdown(title)} :gray[{question_id}]"


def draw_reviews(path: Path) -> None:
    """Draw how many reviews are due today, nothing where none is."""
    if not path.all_reviews:
        return
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        total = path.all_reviews * review_queue.MINUTES_A_REVIEW
        later = path.reviews_that_wait
        st.markdown(
            f"**Review {wording.many(path.all_reviews, 'question')}**  \n:small[:gray[Recall what"
            f" you have prepared, about {total} min"
            + (f"; {later} more wait for the next day, this one is full" if later else "")
            + "]]",
            width="content",
        )
        st.page_link(page_paths.REVIEW, label="Review", icon=":material/replay:", width="content")


def nothing_on(plan: PlanStatus, something_done: bool, reviews: bool) -> str:
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
    if reviews and plan.settings.pace.unit == MINUTES:
        return f"The reviews fill today's {plan.settings.minutes_a_day} minutes. {then}"
    if plan.today not in plan.settings.calendar():
        return f"A day of rest. {then}"
    return f"Nothing is planned for today. {then}"


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
