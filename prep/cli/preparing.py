"""Commands on what is prepared: notes, answers, reviews, time spent, questions of one's own."""

from __future__ import annotations

import functools
from pathlib import Path

import click
from sqlite_utils import Database

from prep.cli.base import command, day_of, group, json_option, opened, opened_db, print_json
from prep.clock import Clock
from prep.content import questions
from prep.content.models import BEHAVIORAL, DIFFICULTIES, LEVELS
from prep.errors import InvalidValue
from prep.markdown import files
from prep.planning.wording import day, many
from prep.practice import answers, review_schedule, reviews
from prep.practice.review_schedule import RATINGS
from prep.progress import own_questions, time_spent
from prep.progress.tracker import Tracker
from prep.store.database import writing

_MAX_BYTES = 4 * answers.MAX_ANSWER
_STANDARD_INPUT = Path("-")


@command
@click.argument("question_id", metavar="ID")
@click.argument("text", required=False)
def note(question_id: str, text: str | None) -> None:
    """Keep TEXT as your notes on a question, in the place of what was there; without, print them.

    An empty TEXT takes them away.
    """
    with opened() as (db, clock):
        if text is None:
            click.echo(questions.get(db, question_id).personal_notes)
            return
        changed = Tracker(db, clock).edit({question_id: {"personal_notes": text}})
    click.echo(f"{question_id}: {'noted' if changed else 'noted already'}")


@command
@click.argument("question_id", metavar="ID")
@click.option("--file", type=click.Path(path_type=Path), help="What to save; - for standard input.")
def answer(question_id: str, file: Path | None) -> None:
    """Print your answer to a question; with --file, save that as its next revision (Markdown)."""
    if file is None:
        with opened_db() as db:
            click.echo(answers.get(db, question_id), nl=False)
        return
    text = answers.checked(_text_of(file))
    with opened() as (db, clock), writing(db):
        kept = _keep_draft(db, clock, question_id, text)
        changed = answers.save(db, clock, question_id, text)
        status = questions.get(db, question_id).status
    said = f"{many(answers.count_words(text), 'word')} saved" if changed else "saved already"
    click.echo(f"{question_id}: {said}, {status}" + (f"; {kept}" if kept else ""))


def _text_of(file: Path) -> str:
    if file != _STANDARD_INPUT:
        return files.read_text(file, _MAX_BYTES, InvalidValue)
    with click.open_file("-", "rb") as stream:
        data = stream.read(_MAX_BYTES + 1)
    files.bounded(data, _MAX_BYTES, "standard input", InvalidValue)
    return files.decoded(data, "standard input", InvalidValue)[0]


def _keep_draft(db: Database, clock: Clock, question_id: str, text: str) -> str | None:
    """Save what was typed on a page and not saved, which saving another text would drop."""
    draft = answers.draft(db, question_id)
    if draft is None or draft == text:
        return None
    answers.save(db, clock, question_id, draft)
    return "the draft that was not saved is the revision before"


@command
@click.argument("question_id", metavar="ID")
@click.argument("rating", metavar="again|hard|good|easy")
def rate(question_id: str, rating: str) -> None:
    """Rate how well you recalled a question that is drafted or done; say when it comes again."""
    known = {title.lower(): number for number, title in RATINGS.items()}
    if rating.lower() not in known:
        raise InvalidValue(f"{rating[:40]!r} is no rating: it is one of {', '.join(known)}")
    with opened() as (db, clock):
        status = questions.get(db, question_id).status
        if status not in ("drafted", "done"):
            raise InvalidValue(
                f"{question_id} is {status}: a question is reviewed once it is drafted or done"
            )
        card = reviews.rate(db, clock, question_id, known[rating.lower()])
        due_on = review_schedule.due_day(card.due, clock)
    click.echo(f"{question_id}: {rating.lower()}, again {day(due_on)}")


@command
@click.argument("question_id", metavar="ID")
@click.argument("minutes", type=int)
@click.option("--on", metavar="YYYY-MM-DD", help="The day they were spent (default: today).")
@click.option("--note", "about", default="", help="What they went into.")
def spend(question_id: str, minutes: int, on: str | None, about: str) -> None:
    """Enter MINUTES that you spent on a question."""
    spent_on = None if on is None else day_of(on)
    with opened() as (db, clock):
        spent_on = spent_on or clock.today()
        time_spent.enter(db, clock, question_id, minutes, spent_on, about)
        total = sum(time_spent.of_question(db, question_id).values())
    click.echo(f"{question_id}: {minutes} min on {spent_on}, {total:.0f} min in all")


own = group("own", "Questions of your own.")
of_own = functools.partial(command, of=own)


@functools.partial(of_own, name="add")
@click.argument("text")
@click.option("--sheet", required=True, help="system-design or behavioral.")
@click.option("--category", required=True, type=int, help="The number of its category: 1 to 16.")
@click.option("--notes", default="", help="Notes on the question.")
@click.option("--level", help=f"{', '.join(LEVELS)}; else EM+DIR.")
@click.option("--difficulty", help=f"{', '.join(DIFFICULTIES)}; else Medium.")
def own_add(
    text: str, sheet: str, category: int, notes: str, level: str | None, difficulty: str | None
) -> None:
    """Add a question that asks TEXT; print its id. Level and difficulty are for behavioral ones."""
    fields: own_questions.Fields = {
        "sheet": sheet,
        "category_position": category,
        "title": text,
        "notes": notes,
    }
    graded = {"level": level or "EM+DIR", "difficulty": difficulty or "Medium"}
    if sheet != BEHAVIORAL:
        if level or difficulty:
            raise InvalidValue("only a behavioral question has a level and a difficulty")
        graded = {}
    with opened() as (db, clock):
        click.echo(own_questions.add(db, clock, {**fields, **graded}))


@functools.partial(of_own, name="list")
@json_option
def own_list(as_json: bool) -> None:
    """Print the questions that you added."""
    with opened_db() as db:
        rows = [row for row in questions.export_rows(db) if str(row["id"]).startswith("X-")]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']:<7} {row['status']:<12} {row['title']}")
