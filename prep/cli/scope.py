"""Commands on the scope of the plan: what fits the time there is, what is pinned or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import click

from prep.cli.base import command, json_option, opened, print_json
from prep.content import phases
from prep.content.models import SHEET_TITLES
from prep.planning import scope
from prep.planning.fitting import CategoryShare, Fit
from prep.planning.wording import many
from prep.progress.tracker import Tracker

_SHOWN = 10


class CategoryRow(TypedDict):
    """A category of a fit as `--json` prints it; `weight` counts questions, times the focus."""

    sheet: str
    position: int
    title: str
    weight: float
    chosen: int
    total: int
    minutes: int


class FitRow(TypedDict):
    """A fit as `--json` prints it; `chosen` and `left_out` are ids of questions."""

    study_days: int
    minutes_a_day: int
    minutes_reserved: int
    minutes_available: int
    minutes_used: int
    chosen: list[str]
    left_out: list[str]
    by_category: list[CategoryRow]


@command
@click.option("--apply", "applied", is_flag=True, help="Make it the scope of your plan.")
@json_option
def fit(applied: bool, as_json: bool) -> None:
    """Print which questions fit the time you have until the interview."""
    with opened() as (db, clock):
        refit = scope.apply(db, clock) if applied else scope.propose(db, clock.today())
        titles = {(c.sheet, c.position): c.title for c in phases.list_categories(db)}
    if as_json:
        print_json(_row(refit.fit, titles))
        return
    for line in _lines(refit.fit, titles):
        click.echo(line)
    _print_ids("adds", [item.id for item in refit.added])
    _print_ids("leaves out", [item.id for item in refit.removed])
    if applied:
        click.echo("that is the scope of your plan now; `undo` takes it back")


def _row(found: Fit, titles: Mapping[tuple[str, int], str]) -> FitRow:
    return {
        "study_days": found.time.study_days,
        "minutes_a_day": found.time.minutes_a_day,
        "minutes_reserved": found.time.reserved,
        "minutes_available": found.time.available,
        "minutes_used": found.minutes_used,
        "chosen": list(found.chosen),
        "left_out": list(found.left_out),
        "by_category": [_category_row(share, titles) for share in found.by_category],
    }


def _category_row(share: CategoryShare, titles: Mapping[tuple[str, int], str]) -> CategoryRow:
    return {
        "sheet": share.sheet,
        "position": share.position,
        "title": titles[share.sheet, share.position],
        "weight": share.weight,
        "chosen": share.chosen,
        "total": share.total,
        "minutes": share.minutes,
    }


def _lines(found: Fit, titles: Mapping[tuple[str, int], str]) -> list[str]:
    time, count = found.time, len(found.chosen)
    lines = [
        f"{count} of {count + len(found.left_out)} questions fit:"
        f" {many(time.study_days, 'study day')} of {time.minutes_a_day} minutes,"
        f" {time.reserved} kept for reviews and mock interviews,"
        f" {found.minutes_used} of {time.available} used"
    ]
    for share in found.by_category:
        name = (
            f"{SHEET_TITLES[share.sheet]} {share.position}. {titles[share.sheet, share.position]}"
        )
        lines.append(f"{share.chosen:>3} of {share.total:>2}  {share.minutes:>4} min  {name}")
    if found.without_room:
        lines.append(f"no room for {', '.join(found.without_room)}, though begun or pinned")
    return lines


def _print_ids(verb: str, ids: list[str]) -> None:
    if ids:
        more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
        click.echo(f"{verb} {', '.join(ids[:_SHOWN])}{more}")


@command
@click.argument("question_id", metavar="ID")
def pin(question_id: str) -> None:
    """Have a question come first whenever the plan is fitted."""
    _edit(question_id, scope.PIN, "pinned")


@command
@click.argument("question_id", metavar="ID")
def drop(question_id: str) -> None:
    """Leave a question out of the plan, whatever fits."""
    _edit(question_id, scope.DROP, "dropped")


@command
@click.argument("question_id", metavar="ID")
def unpin(question_id: str) -> None:
    """Have a question be neither pinned nor dropped any more."""
    _edit(question_id, scope.UNPIN, "neither pinned nor dropped")


def _edit(question_id: str, fields: Mapping[str, bool], said: str) -> None:
    with opened() as (db, clock):
        changed = Tracker(db, clock).edit({question_id: fields})
    click.echo(f"{question_id}: {said}" + ("" if changed else " already"))
