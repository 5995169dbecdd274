"""The filters of the Sheets page. What they are set to is in the page's address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlite_utils import Database

from prep.content import phases
from prep.content.models import DIFFICULTIES, LEVELS, SHEET_TITLES
from prep.progress.tracker import STATUS_TITLES, STATUSES

ALL_SHEETS = "Both sheets"
_KEYS = ("sheet", "category", "phase", "status", "level", "difficulty", "starred", "published", "q")


@dataclass(frozen=True)
class Chosen:
    """What to look for: the `filters` and `text` that `questions.find` takes."""

    filters: dict[str, list[Any]]
    text: str


def draw(db: Database) -> Chosen:
    """Draw the filters and return what they are set to."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sheet = st.segmented_control(
            "Sheet",
            [ALL_SHEETS, *SHEET_TITLES.values()],
            default=ALL_SHEETS,
            required=True,
            key="sheet",
            bind="query-params",
        )
        text = st.text_input(
            "Search",
            key="q",
            bind="query-params",
            type="search",
            placeholder="Words in the question, its notes or yours",
            icon=":material/search:",
            width=340,
        )
    slugs = [slug for slug, title in SHEET_TITLES.items() if sheet == title]
    categories, places = _categories(db, slugs), _phases(db, slugs)
    with st.grid(min_column_width=160):
        chosen_categories = _many("Category", list(categories), "category")
        chosen_phases = _many("Phase", list(places), "phase")
        chosen_statuses = _many("Status", [STATUS_TITLES[name] for name in STATUSES], "status")
        chosen_levels = _many("Level", list(LEVELS), "level")
        chosen_difficulties = _many("Difficulty", list(DIFFICULTIES), "difficulty")
    with st.container(horizontal=True, vertical_alignment="center"):
        starred = st.toggle("Starred", key="starred", bind="query-params")
        published = st.toggle("Article published", key="published", bind="query-params")
        st.button(
            "Clear filters",
            key="clear",
            type="tertiary",
            icon=":material/filter_alt_off:",
            on_click=clear,
        )
    by_title = {title: name for name, title in STATUS_TITLES.items()}
    return Chosen(
        filters={
            "sheet": slugs,
            "category": [categories[title] for title in chosen_categories],
            "phase": [places[title] for title in chosen_phases],
            "status": [by_title[title] for title in chosen_statuses],
            "level": chosen_levels,
            "difficulty": chosen_difficulties,
            "starred": [1] if starred else [],
            "article": ["published"] if published else [],
        },
        text=text or "",
    )


def clear() -> None:
    """Take every filter off; from a callback."""
    for key in _KEYS:
        st.session_state[key] = _DEFAULTS.get(key, [])


_DEFAULTS: dict[str, object] = {"sheet": ALL_SHEETS, "q": "", "starred": False, "published": False}


def phase_option(sheet: str, title: str) -> str:
    """Return how a phase is named among the phases of both sheets."""
    return f"{SHEET_TITLES[sheet]}: {title}"


def _many(label: str, options: list[str], key: str) -> list[str]:
    return st.multiselect(label, options, key=key, bind="query-params", placeholder="Any")


def _categories(db: Database, slugs: list[str]) -> dict[str, str]:
    return {
        category.title: category.key
        for category in phases.list_categories(db)
        if not slugs or category.sheet in slugs
    }


def _phases(db: Database, slugs: list[str]) -> dict[str, str]:
    return {
        phase_option(phase.sheet, phase.title): phase.key
        for phase in phases.phase_titles(db)
        if not slugs or phase.sheet in slugs
    }
