"""Commands on the person's progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import click
from sqlite_utils import Database

from prep.cli.base import command, day_of, json_option, opened, opened_db, print_json
from prep.content import questions
from prep.content.models import SHEET_TITLES
from prep.planning import plan_status, scope
from prep.progress import cleared_dates, coverage
from prep.progress.tracker import STATUS_TITLES, STATUSES, Tracker
from prep.store import change_list, ids, undo_redo
from prep.store.change_list import FieldChange
from prep.store.database import writing


@command
@json_option
def status(as_json: bool) -> None:
    """Print how much is covered, by sheet and category."""
    with opened_db() as db:
        totals, frame = coverage.totals(db), coverage.counts_by_group(db, "category")
    categories = [
        {"sheet": sheet, "category": group, "position": int(position)}
        | {row["status"]: int(row["count"]) for _, row in rows.iterrows()}
        | {"total": int(rows["total"].iloc[0])}
        for (sheet, position, group), rows in frame.groupby(
            ["sheet", "position", "group"], sort=False
        )
    ]
    if as_json:
        print_json({"sheets": totals, "categories": categories})
        return
    for sheet, counts in totals.items():
        click.echo(f"{SHEET_TITLES[sheet]}: {_counts_line(counts)}")
        for row in categories:
            if row["sheet"] == sheet:
                click.echo(f"  {row['position']:>2}. {row['category']}: {_counts_line(row)}")


def _counts_line(counts: Mapping[str, object]) -> str:
    rest = ", ".join(f"{counts[s]} {STATUS_TITLES[s].lower()}" for s in STATUSES if s != "done")
    return f"{counts['done']} of {counts['total']} done ({rest})"


@command
@json_option
def questions_(as_json: bool) -> None:
    """Print all questions with their progress, and whether they are in the scope of your plan."""
    with opened() as (db, clock):
        rows = questions.export_rows(db)
        in_scope = scope.of_each_question(plan_status.load(db, clock.today()))
    rows = [row | in_scope[str(row["id"])] for row in rows]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']:<7} {row['status']:<12} {row['title']}")


@command
@click.argument("question_id", metavar="ID")
@click.argument("new_status", metavar="STATUS")
@click.option("--on", metavar="YYYY-MM-DD", help="The day it was reached (default: today).")
def set_(question_id: str, new_status: str, on: str | None) -> None:
    """Give a question a status: todo, in_progress, drafted or done.

    Going back clears the dates of later statuses; undo brings them back.
    """
    day = None if on is None else day_of(on)
    with opened() as (db, clock), writing(db):
        changed = Tracker(db, clock).set_status(question_id, new_status, on=day)
        cleared = _cleared(db) if changed else ""
    click.echo(f"{question_id}: {new_status}" + (cleared if changed else " already"))


def _cleared(db: Database) -> str:
    """Return which dates the last change cleared, as the end of a line."""
    made = change_list.changes(db, change_id=undo_redo.last_undoable(db))
    dates = [f"{date.title} {date.day}" for date in cleared_dates.of_change(made)]
    return f"; cleared: {', '.join(dates)}" if dates else ""


_dry_run = click.option("--dry-run", is_flag=True, help="Only print what would change.")


@command
@_dry_run
def undo(dry_run: bool) -> None:
    """Take the last change back; again, the one before it."""
    with opened() as (db, clock):
        undone = undo_redo.to_undo(db) if dry_run else undo_redo.undo(db, clock)
    if not undone:
        click.echo("nothing to undo")
    for item in undone:
        click.echo(f"{_named(item)}: {item.field} {_shown(item.new)} → {_shown(item.old)}")


@command
@_dry_run
def redo(dry_run: bool) -> None:
    """Bring back what the last undo took; again, what the one before it did.

    A new change ends what can be redone.
    """
    with opened() as (db, clock):
        redone = undo_redo.to_redo(db) if dry_run else undo_redo.redo(db, clock)
    if not redone:
        click.echo("nothing to redo")
    for item in redone:
        click.echo(f"{_named(item)}: {item.field} {_shown(item.old)} → {_shown(item.new)}")


@command
@click.argument("question_id", metavar="[ID]", required=False)
@json_option
def history_(question_id: str | None, as_json: bool) -> None:
    """Print what was changed, newest first: all, or what concerns one question."""
    with opened_db() as db:
        if question_id is not None:
            questions.get(db, question_id)
        changes = change_list.changes(db, question=question_id, limit=-1)
    if as_json:
        print_json([asdict(item) | {"at": item.at.isoformat()} for item in changes])
        return
    for item in changes:
        mark = "" if item.undoes is None else " (redo)" if item.is_redo else " (undo)"
        click.echo(
            f"{item.at.astimezone():%Y-%m-%d %H:%M} {_named(item)}:"
            f" {item.field} {_shown(item.old)} → {_shown(item.new)}{mark}"
        )


def _named(change: FieldChange) -> str:
    """Return what was changed by the labels that people know it by."""
    parts = change.subject_id.split("#")
    labels = [part for part in parts if any(form.fullmatch(part) for form in ids.FORMS.values())]
    return " ".join(labels) or change.subject_id


def _shown(value: Any) -> str:
    return "–" if value in (None, "") else str(value)
