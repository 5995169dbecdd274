"""What one does with a question when one is through with it: always in reach, at the foot."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.questions import Question
from prep.planning import daily_session, moves, plan_status
from prep.practice import answers
from prep.store import cache
from prep.ui import page_paths
from prep.ui.browser import deferred_refresh
from prep.ui.plan import session_path
from prep.ui.plan.session_path import Path
from prep.ui.practice import answer_text
from prep.ui.question import rows
from prep.ui.text import escape_markdown
from prep.ui.visit import going, session, writes
from prep.ui.visit.going import Place
from prep.ui.workspace import question_list
from prep.ui.workspace.question_list import QuestionList

FOOT = "foot-of-question"
_CONFIDENCE = {1: "Shaky", 2: "Unsure", 3: "Fair", 4: "Good", 5: "Sure"}
_NEXT_ICON, _BACK_ICON = ":material/arrow_forward:", ":material/arrow_back:"


@st.fragment(key=FOOT)
def draw(question_id: str, *, is_next: bool) -> None:
    """Draw what finishes or puts off a question, and the way to the others of its list.

    `is_next`: to finish it is what comes next, not something further up the page.
    """
    going.follow()
    with session.database() as db:
        question = questions.get(db, question_id)
        path = session_path.load(db, session.clock(), session.load_plan_status(db))
        origin = question_list.of_address(db, question, path)
        deferred_refresh.shows(cache.personal(db))
    writes.show_error()
    following = _following(question, origin, path)
    with st.container(horizontal=True, key="foot", gap="xsmall"):
        asks = _draw_steps(question, origin, path, following, is_next)
        before, after = origin.neighbours(question.id)
        _draw_neighbour("Previous", _BACK_ICON, before)
        _draw_neighbour("Next", _NEXT_ICON, after)
    if asks:
        _ask_confidence(question.id, following)


def _draw_steps(
    question: Question, origin: QuestionList, path: Path, following: Place, is_next: bool
) -> bool:
    """Draw the steps on from a question; return whether it was said to be done."""
    if question.status == "done":
        _draw_next(following, origin)
        return False
    asks = st.button(
        "Done, next",
        key="done-next",
        type="primary" if is_next else "secondary",
        icon=":material/check_circle:",
        shortcut="Alt+Enter",
    )
    _draw_putting_off(question, following, path)
    return asks


def _following(question: Question, origin: QuestionList, path: Path) -> Place:
    """Return where one goes on to from a question: the next of its list, else back to the list."""
    if origin.place.page == page_paths.TODAY:
        return session_path.place_after(path, question.id)
    following = origin.next_open(question.id)
    return _same_list(following) if following else origin.place


def _same_list(question_id: str) -> Place:
    """Return the page of another question of the list in the page's address."""
    return rows.place(question_id, st.query_params.get(rows.FROM))


def _draw_neighbour(word: str, icon: str, question_id: str | None) -> None:
    st.button(
        word,
        key=f"foot-{word.lower()}",
        icon=icon,
        type="tertiary",
        help=f"The {word.lower()} question of the list",
        disabled=question_id is None,
        on_click=going.to,
        args=(_same_list(question_id or ""),),
    )


def _draw_next(following: Place, origin: QuestionList) -> None:
    is_back = following == origin.place
    st.button(
        f"Back to {escape_markdown(origin.title)}" if is_back else "Go on",
        key="go-on",
        type="primary",
        icon=_NEXT_ICON,
        shortcut="Alt+Enter",
        on_click=_go_on,
        args=(following,),
    )


def _draw_putting_off(question: Question, following: Place, path: Path) -> None:
    others = [item.id for item in path.questions if item.id != question.id]
    if path.is_running and path.next_after(question.id) and len(others) < len(path.questions):
        st.button(
            "Later today",
            key="later-today",
            help="Behind the other questions of today",
            on_click=_put_last,
            args=(question.id, others, following),
        )
    for text, move, help in (
        ("Tomorrow", moves.TOMORROW, "To the next study day"),
        ("Skip", moves.SKIP, "Leaves it out of the plan"),
    ):
        st.button(
            text,
            key=f"foot-{move}",
            help=help,
            on_click=_move,
            args=(question.id, move, following),
        )


@st.dialog("Done. How sure are you of it?", icon=":material/check_circle:", width="medium")
def _ask_confidence(question_id: str, following: Place) -> None:
    going.follow()
    writes.show_error()
    st.caption("A key from 1 to 5 is enough.")
    with st.grid(columns=len(_CONFIDENCE), min_column_width=110, key="how-sure"):
        for confidence, label in _CONFIDENCE.items():
            st.button(
                label,
                key=f"sure-{confidence}",
                shortcut=str(confidence),
                width="stretch",
                on_click=_finish,
                args=(question_id, confidence, following),
            )
    st.button(
        "Leave it open",
        key="sure-unsaid",
        type="tertiary",
        on_click=_finish,
        args=(question_id, None, following),
    )


def _finish(question_id: str, confidence: int | None, following: Place) -> None:
    """Note that a question is done, save what was typed, and go on; from a callback."""
    if not answer_text.keep(question_id):
        return

    def write(db: Database, clock: Clock) -> None:
        draft = answers.draft(db, question_id)
        if draft is not None:
            answers.save_draft(db, clock, question_id, draft)
        sure = {} if confidence is None else {"confidence": confidence}
        session_path.edit_and_begin(db, clock, following, {question_id: {"status": "done", **sure}})

    _write_and_go(write, following)


def _move(question_id: str, move: str, following: Place) -> None:
    """Put a question off, or leave it out, and go on; from a callback."""

    def write(db: Database, clock: Clock) -> None:
        plan = plan_status.load(db, clock.today())
        edits = {question_id: moves.fields(plan, question_id, move)}
        session_path.edit_and_begin(db, clock, following, edits)

    _write_and_go(write, following)


def _put_last(question_id: str, others: Sequence[str], following: Place) -> None:
    """Put a question behind the others of today, and go on; from a callback."""

    def write(db: Database, clock: Clock) -> None:
        daily_session.put_last(db, clock, question_id, others)
        session_path.edit_and_begin(db, clock, following, {})

    _write_and_go(write, following)


def _go_on(following: Place) -> None:
    _write_and_go(
        lambda db, clock: session_path.edit_and_begin(db, clock, following, {}), following
    )


def _write_and_go(write: writes.Write, following: Place) -> None:
    if writes.attempt(write):
        going.to(following)
