"""The person's plan: settings, burn-up, calendar, phases."""

import pandas as pd
import streamlit as st

from prep import charts
from prep.content import phases
from prep.content.models import SHEET_TITLES
from prep.exchange import exports
from prep.planning import verdict, wording
from prep.planning.forecast import Forecast
from prep.planning.plan_status import PlanStatus
from prep.progress import setting_texts, settings
from prep.progress.setting_texts import FIT
from prep.ui.plan import plan_settings, scope_panel, week
from prep.ui.question import moving
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import bound, chart, status

BY_DAY, BY_WEEK = "By day", "By week"


def draw_plan(plan: PlanStatus, found: Forecast, notes: dict[str, list[str]]) -> None:
    """Draw where the plan ends, and its settings once they are opened."""
    chosen = plan.settings
    st.caption(escape_markdown(wording.settings_in_short(chosen)))
    if chosen.start_on is None:
        st.caption("No start is set yet: all below shows what starting today would mean.")
    with st.expander(
        "Plan settings", key="plan-settings", icon=":material/tune:", on_change="rerun"
    ) as panel:
        if panel.open:
            plan_settings.draw(chosen, notes)
    st.markdown("  \n".join(sentences(plan, found)))
    track_record = wording.track_record(plan.track_record)
    if track_record:
        st.caption(track_record)


def sentences(plan: PlanStatus, found: Forecast) -> list[str]:
    """Return where the plan ends and what the forecast says, a sentence each."""
    progress, slipped = plan.progress(), plan.slipped_days
    if progress.ends_on is None:
        return [f"{status.badge('done')} Every question in your plan is done."]
    said = [f"The plan ends on **{wording.day(progress.ends_on)}**."]
    if plan.settings.scope == FIT:
        said = [f"**{verdict.of_plan(plan).sentence}**"]
    elif slipped:
        catch_up = plan.catch_up
        more = f": **{catch_up} a study day** would catch up." if catch_up else "."
        said[0] += f" It slipped by **{wording.many(slipped, 'study day')}**{more}"
    said.append(wording.forecast(found, plan.settings))
    advice = wording.advice(found, plan.settings)
    if advice:
        said.append(advice)
    return said


def draw_left_out(plan: PlanStatus) -> None:
    """Draw what the plan leaves out, by the reason why, and the way back for what was skipped."""
    for why, items in plan.left_out.items():
        are_skipped = all(item.skipped for item in items)
        with st.expander(
            f"{wording.many(len(items), 'question')} left out: {why}",
            key=f"left-out-{why}",
            on_change="rerun",
        ) as panel:
            if not panel.open:
                continue
            st.markdown("\n".join(f"- {escape_markdown(i.title)} :gray[{i.id}]" for i in items))
            if are_skipped:
                st.button(
                    "Put them back",
                    key="put-back",
                    on_click=moving.by_hand,
                    args=([item.id for item in items], "back"),
                )


def draw_burn_up(plan: PlanStatus) -> None:
    """Draw how many questions are done by day, against the plan and the forecast."""
    st.subheader("Burn-up", anchor=False)
    lines, band = plan.lines, plan.band
    chart.draw(
        charts.burn_up(lines, band, len(plan.items), plan.today, plan.settings.target_on, colors),
        key="burn-up",
        alt=f"Questions done by day against the plan: {sentences(plan, plan.forecast())}",
    )
    chart.draw_table("burn-up-table", lambda: draw_lines(lines, band))


def draw_lines(lines: pd.DataFrame, band: pd.DataFrame | None) -> None:
    """Draw the lines of the burn-up as a table."""
    st.dataframe(lines.assign(day=lines["day"].dt.date), hide_index=True)
    if band is not None:
        st.caption("The forecast: done in all by a day, in 10, 50 and 90 % of the draws")
        st.dataframe(band.assign(day=band["day"].dt.date), hide_index=True)


def draw_calendar(plan: PlanStatus) -> None:
    """Draw the plan by day, or by week."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Calendar", anchor=False, width="content")
        view = st.segmented_control(
            "View",
            [BY_DAY, BY_WEEK],
            default=BY_DAY,
            required=True,
            key="calendar",
            bind="query-params",
            label_visibility="collapsed",
        )
        draw_export(plan)
    if view == BY_WEEK:
        draw_weeks(plan)
    else:
        week.draw(plan)


def draw_weeks(plan: PlanStatus) -> None:
    """Draw how much is planned for each week."""
    weeks = plan.weeks
    st.dataframe(
        weeks,
        hide_index=True,
        column_config={
            "week": st.column_config.DateColumn("Week of"),
            "planned": st.column_config.ProgressColumn(
                "Planned", format="%d", max_value=int(weeks["planned"].max() or 1)
            ),
            "minutes": "Minutes",
            "done": "Done",
        },
    )


def draw_export(plan: PlanStatus) -> None:
    """Draw the plan as a file for other calendars, once it is opened."""
    with st.popover(
        "Other calendars", key="calendars", icon=":material/ios_share:", on_change="rerun"
    ) as panel:
        if not panel.open:
            return
        st.time_input(
            "Events begin at",
            key=bound.bind("event-time", plan.settings.event_time),
            on_change=save_event_time,
            help="Empty for all-day events",
        )
        st.download_button(
            "Download plan.ics",
            calendar_file,
            "plan.ics",
            "text/calendar",
            key="download",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(
            "Import it again after a change: events move, none comes twice, what you left out goes."
        )


def calendar_file() -> bytes:
    """Return the plan as a calendar."""
    with session.database() as db:
        return exports.plan_ics(db, session.clock()).data


def save_event_time() -> None:
    """Save when events of other calendars begin; from a callback."""
    if bound.is_changed("event-time"):
        text = setting_texts.text_of("event_time", st.session_state["event-time"])
        writes.attempt(lambda db, clock: settings.change(db, clock, {"event_time": text}))


def draw_phases(plan: PlanStatus) -> None:
    """Draw the phases of both sheets on the calendar, planned against done."""
    st.subheader("Phases: planned against actual", anchor=False)
    st.caption("Green is done. The mark is what was planned by now, the line is today.")
    chart.draw(
        charts.gantt(plan.phases, plan.today, colors),
        key="gantt",
        alt="Phases of each sheet on the calendar: done and planned by now, as in the table",
    )
    chart.draw_table("phases", lambda: draw_phase_table(plan.phases))


def draw_phase_table(frame: pd.DataFrame) -> None:
    """Draw the phases as a table."""
    shown = frame.assign(sheet=frame["sheet"].map(SHEET_TITLES))
    st.dataframe(
        shown[["sheet", "title", "first_day", "last_day", "planned", "done", "behind", "total"]],
        hide_index=True,
        column_config={
            "sheet": "Sheet",
            "title": "Phase",
            "first_day": "From",
            "last_day": "To",
            "planned": "Planned by now",
            "done": "Done",
            "behind": "Behind",
            "total": "Questions",
        },
    )


colors = charts.palette(session.is_dark())
with session.database() as db:
    plan = session.load_plan_status(db)
    notes = phases.pace_notes(db)
found = plan.forecast()

st.title("Timeline", anchor=False)
writes.show_error()
draw_plan(plan, found, notes)
scope_panel.draw_notice(plan, leads_to_timeline=False)
scope_panel.draw(plan)
draw_left_out(plan)
if plan.items:
    draw_burn_up(plan)
    draw_calendar(plan)
    draw_phases(plan)
