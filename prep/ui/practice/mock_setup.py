"""Setting a mock interview up: what it draws from, and how long it is."""

from __future__ import annotations

import random

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import phases, questions
from prep.content.models import BEHAVIORAL, DIFFICULTIES, LEVELS, SHEET_TITLES
from prep.planning.wording import many
from prep.practice import mock, mock_draw
from prep.practice.attempt import LENGTHS, Kind
from prep.progress import settings
from prep.progress.settings import Settings
from prep.ui.visit import writes

EITHER_SHEET = "Either sheet"
_BLIND = "blind"


def draw(db: Database, chosen: Settings) -> None:
    """Draw the choices, how many questions they leave, and the button that starts."""
    with st.container(border=True):
        kind, sheets = _draw_length()
        filters = _draw_filters(db, sheets)
        matching, _ = questions.count(db, filters)
        st.markdown(_sentence(kind, matching))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Start",
                key="start",
                type="primary",
                icon=":material/play_arrow:",
                disabled=not matching,
                on_click=_start,
                args=(kind, filters),
            )
            st.session_state[_BLIND] = chosen.practise_blind
            st.toggle(
                "Practise blind",
                key=_BLIND,
                on_change=_save_blind,
                help="Level and difficulty are shown after you rate the answer",
            )


def _draw_length() -> tuple[Kind, list[str]]:
    """Draw length and sheet; return the kind of interview and the sheets it draws from."""
    titles = {length.title: kind for kind, length in LENGTHS.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.segmented_control(
            "Length",
            list(titles),
            default=next(iter(titles)),
            required=True,
            key="length",
            bind="query-params",
            wrap=True,
        )
        kind = titles[str(title)]
        fixed = LENGTHS[kind].sheet
        if fixed:
            return kind, [fixed]
        sheet = st.segmented_control(
            "Sheet",
            [EITHER_SHEET, *SHEET_TITLES.values()],
            default=EITHER_SHEET,
            required=True,
            key="sheet",
            bind="query-params",
            wrap=True,
        )
    return kind, [slug for slug, title in SHEET_TITLES.items() if sheet in (EITHER_SHEET, title)]


def _draw_filters(db: Database, sheets: list[str]) -> dict[str, list[str]]:
    """Draw the filters that these sheets have; return them as `questions.find` takes them."""
    categories = {
        category.title: category.key
        for category in phases.list_categories(db)
        if category.sheet in sheets
    }
    filters = {"sheet": sheets}
    with st.grid(min_column_width=200):
        chosen = _many("Category", list(categories), "category")
        filters["category"] = [categories[title] for title in chosen]
        if BEHAVIORAL in sheets:  # the system-design sheet has neither
            filters["level"] = _many("Level", list(LEVELS), "level")
            filters["difficulty"] = _many("Difficulty", list(DIFFICULTIES), "difficulty")
    return filters


def _many(label: str, options: list[str], key: str) -> list[str]:
    return st.multiselect(label, options, key=key, bind="query-params", placeholder="Any")


def _sentence(kind: Kind, count: int) -> str:
    wanted = LENGTHS[kind].count
    match = "matches" if count == 1 else "match"
    if count == 0:
        return "**No question matches.** Take a filter away."
    if count < wanted:
        minutes = LENGTHS[kind].minutes[BEHAVIORAL] * count
        return (
            f"**{many(count, 'question')} {match}**: too few for the whole loop,"
            f" so it takes {minutes} minutes."
        )
    drawn = "One is" if wanted == 1 else f"{wanted} are"
    return (
        f"**{many(count, 'question')} {match}.** {drawn} drawn,"
        " those you are weak at or have not seen for long more often."
    )


def _start(kind: Kind, filters: dict[str, list[str]]) -> None:
    seed = random.SystemRandom().randrange(2**32)

    def start(db: Database, clock: Clock) -> None:
        found = mock_draw.candidates(db, clock, filters)
        drawn = mock_draw.draw(found, LENGTHS[kind].count, seed, clock.today())
        mock.start(db, clock, kind, drawn)

    writes.attempt(start)


def _save_blind() -> None:
    text = "on" if st.session_state[_BLIND] else "off"
    writes.attempt(lambda db, clock: settings.change(db, clock, {"practise_blind": text}))
