"""What came of mock interviews: one looked at closely, all in a table, the trend by category."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from prep import charts
from prep.charts import Palette
from prep.content.models import SHEET_TITLES
from prep.planning.wording import day, many, share, stopwatch
from prep.practice import mock, rubric
from prep.practice.attempt import LENGTHS
from prep.practice.past_attempts import PastAnswer
from prep.practice.review_schedule import RATINGS
from prep.ui.browser import scrolling
from prep.ui.practice import recorder
from prep.ui.question import rows
from prep.ui.text import escape_markdown
from prep.ui.visit import writes
from prep.ui.widgets import chart

RATING_LABELS = {
    1: ":material/replay: Again",
    2: ":material/trending_down: Hard",
    3: ":material/thumb_up: Good",
    4: ":material/bolt: Easy",
}
_FINISHED, _CHOSEN = "finished-attempt", "chosen-attempt"
_TABLE, _PANEL = "past-attempts", "past-attempt"
_TABLE_HEIGHT = 360


def show_finished(attempt_id: str) -> None:
    """Have the page show first what came of this attempt; from a callback."""
    st.session_state[_FINISHED] = attempt_id


def score_text(answer: PastAnswer) -> str:
    """Return an answer's score in percent, its rating's word where no line was scored."""
    return RATINGS[answer.rating] if answer.score is None else share(answer.score, 1)


def draw_finished(past: list[PastAnswer]) -> None:
    """Draw what came of the attempt that was just finished, if one was."""
    answers = _answers(past, st.session_state.get(_FINISHED))
    if answers:
        _draw_attempt(answers, _FINISHED)


def _answers(past: list[PastAnswer], attempt_id: str | None) -> list[PastAnswer]:
    return [answer for answer in past if answer.attempt_id == attempt_id]


def _draw_attempt(answers: list[PastAnswer], place: str) -> None:
    """Draw one attempt closely; `place` tells its buttons from those of another on the page."""
    with st.container(border=True):
        first = answers[0]
        used = stopwatch(sum(answer.seconds for answer in answers))
        st.markdown(
            f"**{first.attempt_id} · {LENGTHS[first.kind].title}**  \n"
            f":small[:gray[{day(first.done_on)} · {used} used]]"
        )
        for answer in answers:
            _draw_answer(answer)
        recorder.draw_kept("attempt", first.attempt_id, sum(answer.budget for answer in answers))
        with st.container(horizontal=True):
            if place == _FINISHED:
                st.button("Close", key="close", icon=":material/close:", on_click=_close)
            st.button(
                "Remove",
                key=f"remove-{place}",
                type="tertiary",
                icon=":material/delete:",
                on_click=_remove,
                args=(first.attempt_id,),
                help="Undo brings it back. Its recordings are deleted a day later",
            )


def _draw_answer(answer: PastAnswer) -> None:
    about = rows.joined(answer.question_id, answer.category, answer.level, answer.difficulty)
    score = "" if answer.score is None else f"**{score_text(answer)}** · "
    st.markdown(
        f"{escape_markdown(answer.title)}  \n"
        f":small[:gray[{about}"
        f" · {stopwatch(answer.seconds)} of {stopwatch(answer.budget)}]]  \n"
        f"{score}{RATING_LABELS[answer.rating]}"
    )
    if answer.scores:
        st.caption(
            " · ".join(
                f"{escape_markdown(line)}: {rubric.SCORES[value].lower()}"
                for line, value in answer.scores.items()
            )
        )
    if answer.notes:
        st.text(answer.notes)
    with st.container(horizontal=True, gap="small"):
        rows.open_link(answer.question_id, label=answer.question_id)
        rows.article_link(answer.permalink)


def draw_table(past: list[PastAnswer]) -> None:
    """Draw every answer of every attempt, and beside them the attempt of the row that is ticked.

    Until one is, that is the last. On a phone it stands below, and is scrolled to.
    """
    st.subheader("Past attempts", anchor=False)
    if not past:
        st.caption("None yet. The first one you finish stands here, with its scores and notes.")
        return
    count = len({answer.attempt_id for answer in past})
    st.caption(
        f"{many(count, 'interview')}, {many(len(past), 'answer')}. Tick a row to look at it."
    )
    table, panel = st.columns([3, 2], gap="medium")
    with table:
        picked = _draw_rows(past)
    with panel, st.container(key=_PANEL):
        shown = picked or past[0].attempt_id
        if shown == st.session_state.get(_FINISHED):
            st.caption(f"{shown} stands on top of the page.")
        else:
            _draw_attempt(_answers(past, shown), _CHOSEN)
    scrolling.into_view(_PANEL, picked)


def _draw_rows(past: list[PastAnswer]) -> str | None:
    """Draw the table; return the attempt of the row that is ticked, None where none is."""
    rows_height = 35 * (len(past) + 1) + 3
    selection = st.dataframe(
        _frame(past),
        key=f"{_TABLE}-{len(past)}",  # a tick must not slip to another row when one is removed
        hide_index=True,
        height=min(rows_height, _TABLE_HEIGHT),
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Date": st.column_config.DateColumn(format="D MMM YYYY", width=95),
            "ID": st.column_config.TextColumn(width=60),
            "Question": st.column_config.TextColumn(width=200),
            "Score": st.column_config.ProgressColumn(
                format="%d %%", min_value=0, max_value=100, width=95
            ),
            "Rating": st.column_config.TextColumn(width=60),
            "Time used": st.column_config.TextColumn(width=105),
            "Category": st.column_config.TextColumn(width=130),
            "Interview": st.column_config.TextColumn(width=80),
        },
    )
    ticked = selection.selection.rows
    return past[ticked[0]].attempt_id if ticked else None


def _frame(past: list[PastAnswer]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Date": pd.Timestamp(answer.done_on),
                "ID": answer.question_id,
                "Question": answer.title,
                "Rating": RATINGS[answer.rating],
                "Score": None if answer.score is None else round(100 * answer.score),
                "Time used": f"{stopwatch(answer.seconds)} of {stopwatch(answer.budget)}",
                "Category": answer.category,
                "Interview": answer.attempt_id,
                "Notes": answer.notes,
            }
            for answer in past
        ]
    )


def draw_trends(frame: pd.DataFrame, colors: Palette) -> None:
    """Draw how the scores of each category moved. `frame` is `past_attempts.by_category`."""
    st.subheader("Trend by category", anchor=False)
    if frame.empty:
        st.caption("Each category you are asked about gets a line here, from its first score on.")
        return
    st.caption(
        "The mean score of a day; the ruled line below each is 0 %. An answer without scores"
        " counts by its rating."
    )
    by_sheet = {sheet: frame[frame["sheet"] == sheet] for sheet in SHEET_TITLES}
    asked = [sheet for sheet, found in by_sheet.items() if not found.empty]
    for sheet, column in zip(asked, st.columns(len(asked), gap="medium"), strict=True):
        with column:
            st.markdown(f"**{SHEET_TITLES[sheet]}**")
            chart.draw(
                charts.score_trends(by_sheet[sheet], colors),
                key=f"trend-{sheet}",
                alt=f"{SHEET_TITLES[sheet]}: mean score of each category by day, as in the table",
            )
    chart.draw_table("trend-table", lambda: _draw_trend_table(frame))


def _draw_trend_table(frame: pd.DataFrame) -> None:
    shown = frame.assign(sheet=frame["sheet"].map(SHEET_TITLES))
    st.dataframe(
        shown[["sheet", "category", "day", "score", "answers"]],
        hide_index=True,
        column_config={
            "sheet": "Sheet",
            "category": "Category",
            "day": st.column_config.DateColumn("Day", format="D MMM YYYY"),
            "score": st.column_config.NumberColumn("Score", format="percent"),
            "answers": "Answers",
        },
    )


def _close() -> None:
    st.session_state.pop(_FINISHED, None)


def _remove(attempt_id: str) -> None:
    writes.attempt(lambda db, clock: mock.discard(db, clock, attempt_id))
