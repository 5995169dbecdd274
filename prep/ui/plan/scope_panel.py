"""The scope of the plan: what fits, why, and what fitting it again would change."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from prep import charts
from prep.content import phases
from prep.content.models import SHEET_TITLES
from prep.errors import NoTimeToFit
from prep.planning import fitting, plan_tables, scope, verdict, wording
from prep.planning.fitting import Fit
from prep.planning.plan_items import PlanItem
from prep.planning.plan_status import PlanStatus
from prep.planning.scope import Refit
from prep.progress import settings
from prep.progress.setting_texts import ALL, FIT
from prep.ui import page_paths
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import chart

_MORE_MINUTES = 10
_WHY_THESE = (
    "Categories take turns by their weight: their questions times your focus on them. In each come"
    " first what is pinned, what your level is asked, High before Medium before Low, and what has"
    " an article."
)


def draw_chart(found: Fit, key: str) -> None:
    """Draw how many questions of each category fit, one small chart a sheet."""
    frame, colors = _frame(found), charts.palette(session.is_dark())
    with st.grid(columns=2, min_column_width=320):
        for sheet, of_sheet in frame.groupby("sheet", sort=False):
            with st.container():
                st.markdown(f"**{SHEET_TITLES[str(sheet)]}**")
                chart.draw(
                    charts.scope_bars(of_sheet, colors),
                    key=f"scope-{key}-{sheet}",
                    alt=f"{SHEET_TITLES[str(sheet)]}: how many questions of each category fit",
                )


def _frame(found: Fit) -> pd.DataFrame:
    with session.database() as db:
        titles = {(c.sheet, c.position): c.title for c in phases.list_categories(db)}
    return plan_tables.scope(found.by_category, titles)


def draw_notice(plan: PlanStatus, *, leads_to_timeline: bool = True) -> None:
    """Draw that the scope does not fit the time, or that more would, with a click that fits it.

    `leads_to_timeline`: with a link to where the interview can be moved; on a page that leads to
    something else first.
    """
    refit = proposal(plan)
    if refit is None or not _is_asked_for(plan, refit):
        return
    is_fitted = plan.settings.scope == FIT
    with st.container(border=True, key="refit"):
        st.markdown(
            wording.refit(len(refit.added), len(refit.removed))
            if is_fitted
            else wording.what_fits(refit.fit, plan.all_items)
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            label = "Fit again" if is_fitted else "Fit the plan"
            _draw_fit_button(
                label, "notice", is_urgent=bool(refit.removed) and not leads_to_timeline
            )
            with st.popover("What changes", key="refit-changes", on_change="rerun") as changes:
                if changes.open:
                    _draw_changes(refit)
            if leads_to_timeline:
                st.page_link(
                    page_paths.TIMELINE, label="Move the interview", icon=":material/event:"
                )


def _is_asked_for(plan: PlanStatus, refit: Refit) -> bool:
    """Whether fitting is more than a possibility: the scope or the plan is not what the time is."""
    if plan.settings.scope == FIT:
        return refit.is_due
    return bool(refit.removed) and verdict.of_plan(plan).state == "late"


def draw(plan: PlanStatus) -> None:
    """Draw the scope with its table by category, what is left out, and what more time would add."""
    refit = proposal(plan)
    if refit is None:
        return
    is_fitted = plan.settings.scope == FIT
    label = "Scope of the plan" if is_fitted else "Fit the plan to the time I have"
    with st.expander(label, key="scope", icon=":material/fit_screen:", on_change="rerun") as panel:
        if not panel.open:
            return
        st.markdown(wording.what_fits(refit.fit, plan.all_items))
        draw_chart(refit.fit, "timeline")
        st.caption(_WHY_THESE)
        chart.draw_table("scope-table", lambda: _draw_table(refit.fit))
        st.markdown(_with_more_minutes(plan, refit.fit))
        _draw_changes(refit)
        with st.container(horizontal=True):
            changes = refit.added or refit.removed or not is_fitted
            if changes and not _is_asked_for(plan, refit):
                _draw_fit_button("Fit again" if is_fitted else "Fit the plan", "panel")
            if is_fitted:
                st.button("Everything instead", key="scope-all", on_click=_save_all)


def proposal(plan: PlanStatus) -> Refit | None:
    """Return what fits the time there is, None without an interview that is still ahead."""
    try:
        with session.database() as db:
            return scope.propose(db, plan.today)
    except NoTimeToFit:
        return None


def _draw_fit_button(label: str, where: str, *, is_urgent: bool = False) -> None:
    st.button(
        label,
        type="primary" if is_urgent else "secondary",
        icon=":material/fit_screen:",
        key=f"fit-{where}",
        on_click=_fit,
    )


def _fit() -> None:
    writes.attempt(scope.apply)


def _draw_changes(refit: Refit) -> None:
    for verb, items in (("It adds", refit.added), ("It leaves out", refit.removed)):
        if items:
            st.markdown(f"**{verb} {wording.many(len(items), 'question')}**")
            lines = [f"- {escape_markdown(item.title)} :gray[{item.id}]" for item in items]
            with st.container(height=min(30 * len(lines) + 20, 240), border=False):
                st.markdown("\n".join(lines))


def _draw_table(found: Fit) -> None:
    frame = _frame(found)
    st.dataframe(
        frame.assign(sheet=frame["sheet"].map(SHEET_TITLES)),
        hide_index=True,
        column_config={
            "sheet": "Sheet",
            "category": "Category",
            "chosen": "Fit",
            "total": "Of",
            "minutes": "Minutes",
            "weight": st.column_config.NumberColumn(
                "Weight", help="Questions that may be chosen, times the category's focus"
            ),
        },
    )


def _with_more_minutes(plan: PlanStatus, found: Fit) -> str:
    longer = replace(plan.settings, minutes_a_day=plan.settings.minutes_a_day + _MORE_MINUTES)
    more: list[PlanItem] = _added(plan, longer, found)
    return (
        f"{_MORE_MINUTES} minutes more a day would add {wording.many(len(more), 'question')}."
        if more
        else f"{_MORE_MINUTES} minutes more a day would add nothing."
    )


def _added(plan: PlanStatus, longer: settings.Settings, found: Fit) -> list[PlanItem]:
    fitting_then = set(fitting.fit(plan.all_items, longer, plan.today).chosen)
    return [item for item in plan.all_items if item.id in fitting_then - set(found.chosen)]


def _save_all() -> None:
    writes.attempt(lambda db, clock: settings.change(db, clock, {"scope": ALL}))
