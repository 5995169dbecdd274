"""A review session: one question at a time, recalled, revealed, rated; by keyboard alone."""

from __future__ import annotations

import time
from datetime import timedelta

import streamlit as st
from sqlite_utils import Database

from prep import answers, outline, questions, review, settings, time_spent
from prep.errors import UnknownArticle
from prep.library import article_permalink
from prep.review import RATINGS, Recall
from prep.settings import Settings
from prep.ui import editor, rows, session
from prep.ui.text import harmless, plain
from prep.words import many

_REVEALED, _SINCE = "review-revealed", "review-since"
LONGEST_LOOK = 600  # seconds that one review counts at most


@st.fragment
def draw() -> None:
    """Draw the question that is up, or that nothing is."""
    clock = session.clock()
    with session.database() as db:
        chosen = settings.load(db)
        waiting = review.due(db, clock, chosen)
        reviewed = review.reviewed_on(db, clock, chosen, review.today(clock, chosen))
        row = questions.get(db, waiting[0].question_id) if waiting else None
    session.show_error()
    if row is None:
        _draw_nothing(len(reviewed))
        return
    left = {recall.question_id for recall in waiting}  # what was answered Again is among them
    done, total = len(reviewed - left), len(reviewed | left)
    st.progress(done / total, text=f"{done} of {total} done for today")
    _draw_card(row, waiting[0], chosen)


def _draw_nothing(done: int) -> None:
    if done:
        st.success(f"{many(done, 'question')} reviewed today. Nothing more is due.",
                   icon=":material/check_circle:")  # fmt: skip
    else:
        st.markdown("Nothing is due today.")
        st.caption("A question takes part once it is drafted or done.")


def _draw_card(row: rows.Row, recall: Recall, chosen: Settings) -> None:
    question_id = row["id"]
    is_revealed = st.session_state.get(_REVEALED) == question_id
    if st.session_state.get(_SINCE, ("", 0.0))[0] != question_id:
        st.session_state[_SINCE] = (question_id, time.monotonic())
    with st.container(border=True, key="review-card"):
        is_blind = chosen.practise_blind and not is_revealed
        st.caption(_facts(row, is_blind))
        st.subheader(plain(row["title"]), anchor=False)
        if not is_revealed:
            st.caption("Say your answer aloud, then look.")
            st.button(
                "Reveal", key="reveal", type="primary", shortcut="Space",
                icon=":material/visibility:", on_click=_reveal, args=(question_id,),
            )  # fmt: skip
            return
        _draw_ratings(recall, chosen)
        _draw_material(row)


def _facts(row: rows.Row, is_blind: bool) -> str:
    hidden = ("level", "difficulty") if is_blind else ()
    facts = [row[name] for name in ("id", "section", "level", "difficulty") if name not in hidden]
    return " · ".join(plain(fact) for fact in facts if fact)


def _draw_ratings(recall: Recall, chosen: Settings) -> None:
    when = review.preview(recall, session.clock(), chosen)
    with st.container(horizontal=True):
        for rating, title in RATINGS.items():
            st.button(
                f"{title} · {_interval(when[rating])}", key=f"rate-{rating}", shortcut=str(rating),
                on_click=_rate, args=(recall.question_id, rating),
            )  # fmt: skip
    st.caption("How well did you recall it? The time under each is when it comes again.")


def _draw_material(row: rows.Row) -> None:
    with session.database() as db:
        answer = answers.get(db, row["id"])
        article = _article(db, row)
    if answer:
        st.markdown("**My answer**")
        editor.draw_preview(answer)
    if row["personal_notes"]:
        st.markdown("**My notes**")
        st.text(row["personal_notes"])
    if article:
        st.markdown("**The article**")
        for section in outline.sections(article):
            title = section.heading.text if section.heading else "Opening"
            with st.expander(plain(title)):
                st.markdown(harmless(section.markdown.partition("\n")[2] or section.markdown))
    if not (answer or article or row["personal_notes"]):
        st.caption("There is no answer, note or article yet.")
        rows.open_link(row, "Open the question")


def _article(db: Database, row: rows.Row) -> str | None:
    if not row["article_url"]:
        return None
    try:
        return questions.article(db, article_permalink(row["article_url"]))["body"]
    except UnknownArticle:
        return None


def _interval(wait: timedelta) -> str:
    if wait < timedelta(hours=1):
        return f"{round(wait.total_seconds() / 60)} min"
    if wait < timedelta(days=1):
        return f"{round(wait.total_seconds() / 3600)} h"
    return many(round(wait / timedelta(days=1)), "day")


def _reveal(question_id: str) -> None:
    st.session_state[_REVEALED] = question_id


def _rate(question_id: str, rating: int) -> None:
    began = st.session_state.pop(_SINCE, (question_id, time.monotonic()))[1]
    seconds = min(round(time.monotonic() - began), LONGEST_LOOK)
    st.session_state.pop(_REVEALED, None)
    if session.attempt(lambda db, clock: review.rate(db, clock, question_id, rating, seconds)):
        session.attempt(
            lambda db, clock: time_spent.add(db, clock, question_id, time_spent.REVIEWING, seconds)
        )
