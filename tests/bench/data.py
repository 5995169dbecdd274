"""A database of any size with a person's history in it, the same for the same seed.

`python -m tests.bench.data FILE SCALE` writes one.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from fsrs import Card, Rating, Scheduler
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import importer
from prep.content.models import SYSTEM_DESIGN, Question, Sheet
from prep.content.sites.markdown_folder import Article
from prep.content.sites.sources import SHIPPED_INDEX, Content, read_content
from prep.practice import answers, stories
from prep.progress import settings
from prep.progress.tracker import Tracker
from prep.store import change_log
from prep.store.change_rows import Edit
from prep.store.database import open_database, writing

SEED = 7
SHARE_DONE = 0.5
DAYS_OF_HISTORY = {1: 120, 4: 480, 100: 5 * 365}
REVIEWS_EACH = 2
STORIES = {1: 12, 4: 24, 100: 60}
ANSWERED = {1: 20, 4: 80, 100: 400}
RATINGS = (Rating.Again, Rating.Hard, Rating.Good, Rating.Good, Rating.Good, Rating.Easy)


def build(path: Path, scale: int, today: date) -> None:
    """Write a new database at `path`: `scale` × the sheets and articles, half of them done.

    What was done, reviewed and written lies in the days before `today`, at most
    DAYS_OF_HISTORY of them.
    """
    chance = random.Random(SEED)
    days = [today - timedelta(days=n) for n in range(DAYS_OF_HISTORY[scale], 0, -1)]
    with open_database(path) as db, writing(db):
        db.execute("PRAGMA defer_foreign_keys = ON")
        importer.import_content(db, scaled(scale), f"{scale} x", _at(days[0]))
        _plan(db, days[0], today)
        done = _do_half(db, days, chance)
        _review(db, done, today, chance)
        _write(db, done, scale, today, chance)


def scaled(scale: int) -> Content:
    """Return what data/ ships, each question and article `scale` times under ids of its own."""
    content = read_content(SHIPPED_INDEX)
    return replace(
        content,
        sheets=tuple(_scaled_sheet(sheet, scale) for sheet in content.sheets),
        articles=tuple(_copy(a, n) for n in range(scale) for a in content.articles),
    )


def _scaled_sheet(sheet: Sheet, scale: int) -> Sheet:
    copies = [
        [_question(sheet, question, place, n) for place, question in enumerate(sheet.questions)]
        for n in range(scale)
    ]
    renamed = {
        question.id: [copy[place].id for copy in copies]
        for place, question in enumerate(sheet.questions)
    }
    phases = tuple(
        replace(
            phase,
            question_ids=tuple(new for old in phase.question_ids for new in renamed[old]),
        )
        for phase in sheet.phases
    )
    return replace(
        sheet, questions=tuple(question for copy in copies for question in copy), phases=phases
    )


def _question(sheet: Sheet, question: Question, place: int, n: int) -> Question:
    if n == 0:
        return question
    prefix = question.id.partition("-")[0]
    number = place + 1 + n * len(sheet.questions)
    return replace(
        question,
        id=f"{prefix}-{number:03d}" if sheet.slug == SYSTEM_DESIGN else f"{prefix}-{number + 1000}",
        number=number if question.number else None,
        title=f"{question.title} (copy {n})",
        permalink=question.permalink and f"{question.permalink.rstrip('/')}-{n}/",
    )


def _copy(article: Article, n: int) -> Article:
    if n == 0:
        return article
    return replace(
        article,
        permalink=f"{article.permalink.rstrip('/')}-{n}/",
        title=f"{article.title} (copy {n})",
    )


def _at(day: date, minute: int = 0) -> Clock:
    instant = datetime.combine(day, time(8), UTC) + timedelta(minutes=minute)
    return Clock(UTC, now=lambda: instant)


def _plan(db: Database, start: date, today: date) -> None:
    texts = {
        "start_on": f"{start}",
        "target_on": f"{today + timedelta(days=60)}",
        "pace": "3 questions",
    }
    settings.change(db, _at(start), texts)


def _do_half(db: Database, days: list[date], chance: random.Random) -> list[tuple[str, date]]:
    """Start, and on the same day finish, half of the questions, spread over the days."""
    ids = [row_id for (row_id,) in db.execute("SELECT id FROM question ORDER BY sheet, position")]
    chosen = sorted(chance.sample(ids, int(SHARE_DONE * len(ids))))
    done = sorted(
        ((question_id, chance.choice(days)) for question_id in chosen), key=lambda pair: pair[1]
    )
    for place, (question_id, day) in enumerate(done):
        clock = _at(day, place % 600)
        Tracker(db, clock).set_status(question_id, "in_progress")
        Tracker(db, clock).set_status(question_id, "done")
    return done


def _review(db: Database, done: list[tuple[str, date]], today: date, chance: random.Random) -> None:
    for question_id, day in done:
        card = Card()
        for at, rating in _reviews_of(day, today, chance):
            card, log = Scheduler(enable_fuzzing=False).review_card(card, rating, at.now())
            after = {"card": json.dumps(card.to_dict()), "due_on": f"{card.due.date()}"}
            review_id = f"{question_id}#{at.now().isoformat()}"
            kept = {"rating": int(rating), "log": json.dumps(log.to_dict()), "removed": 0}
            edits = [Edit("card", {question_id: after}), Edit("review", {review_id: kept})]
            change_log.write_together(db, at, edits)


def _reviews_of(day: date, today: date, chance: random.Random) -> Iterator[tuple[Clock, Rating]]:
    for _ in range(REVIEWS_EACH):
        day += timedelta(days=chance.randint(1, 20))
        if day < today:
            yield _at(day, chance.randrange(600)), chance.choice(RATINGS)


def _write(
    db: Database, done: list[tuple[str, date]], scale: int, today: date, chance: random.Random
) -> None:
    clock = _at(today - timedelta(days=1))
    ids = [question_id for question_id, _ in done]
    for question_id in ids[: ANSWERED[scale]]:
        answers.save(db, clock, question_id, f"## Situation\n\n{question_id} " + "word " * 200)
    rows = db.execute("SELECT id FROM question WHERE sheet = 'behavioral' ORDER BY id")
    behavioral = [question_id for (question_id,) in rows]
    for n in range(STORIES[scale]):
        fields = {"title": f"Story {n}", "situation": "word " * 40, "strength": 1 + n % 5}
        story_id = stories.save(db, clock, fields)
        stories.link(db, clock, story_id, dict.fromkeys(chance.sample(behavioral, 12), ""))


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]), Clock().today())
