"""The filters of the Sheets page. What they are set to is in the page's address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from sqlite_utils import Database

from prep.content import phases
from prep.content.models import DIFFICULTIES, LEVELS, SHEET_TITLES
from prep.progress.tracker import STATUS_TITLES, STATUSES

ALL_SHEETS = "Both sheets"
SHEETS = "sheets"  # what a question's address calls the list of this page
KEYS = ("sheet", "category", "phase", "status", "level", "difficulty", "starred", "published", "q")


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
    known = _values_by_title(db, slugs)
    with st.grid(min_column_width=160):
        titles = {
            name: st.multiselect(
                name.capitalize(), list(values), key=name, bind="query-params", placeholder="Any"
            )
            for name, values in known.items()
        }
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
    return _chosen(slugs, known, titles, starred, published, text or "")


def as_text() -> str:
    """Return the filters of the page's address on one line, as the address of a question has it."""
    chosen = [(key, value) for key in KEYS for value in st.query_params.get_all(key)]
    return f"{SHEETS}?{urlencode(chosen)}"


def of_params(db: Database, params: Mapping[str, Sequence[str]]) -> Chosen:
    """Return what an address of the Sheets page is filtered to; what it does not know is left."""
    slugs = [slug for slug, title in SHEET_TITLES.items() if title in params.get("sheet", ())]
    starred, published = ("true" in params.get(key, ()) for key in ("starred", "published"))
    text = next(iter(params.get("q", ())), "")
    return _chosen(slugs, _values_by_title(db, slugs), params, starred, published, text)


def _chosen(
    slugs: list[str],
    known: Mapping[str, Mapping[str, str]],
    titles: Mapping[str, Sequence[str]],
    starred: bool,
    published: bool,
    text: str,
) -> Chosen:
    by_name = {
        name: [values[title] for title in titles.get(name, ()) if title in values]
        for name, values in known.items()
    }
    flags: dict[str, list[Any]] = {
        "starred": [1] if starred else [],
        "article": ["published"] if published else [],
    }
    return Chosen({"sheet": slugs, **by_name, **flags}, text)


def _values_by_title(db: Database, slugs: list[str]) -> Mapping[str, Mapping[str, str]]:
    """Return for each filter with several options the value that each option stands for."""
    return {
        "category": _categories(db, slugs),
        "phase": _phases(db, slugs),
        "status": {STATUS_TITLES[name]: name for name in STATUSES},
        "level": dict(zip(LEVELS, LEVELS, strict=True)),
        "difficulty": dict(zip(DIFFICULTIES, DIFFICULTIES, strict=True)),
    }


def clear() -> None:
    """Take every filter off; from a callback."""
    for key in KEYS:
        st.session_state[key] = _DEFAULTS.get(key, [])


_DEFAULTS: dict[str, object] = {"sheet": ALL_SHEETS, "q": "", "starred": False, "published": False}


def phase_option(sheet: str, title: str) -> str:
    """Return how a phase is named among the phases of both sheets."""
    return f"{SHEET_TITLES[sheet]}: {title}"


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
