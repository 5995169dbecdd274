"""Commands on the plan: settings, what is on, moves, forecast, calendar file."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from prep.cli.base import command, day_of, json_option, opened, print_json
from prep.content.models import SHEET_TITLES
from prep.planning import moves, plan_status, verdict, wording
from prep.planning.forecast import Forecast
from prep.planning.planned import Planned
from prep.progress import setting_texts, settings
from prep.progress.tracker import Tracker


@command
@click.argument("key", required=False)
@click.argument("value", required=False)
def config(key: str | None, value: str | None) -> None:
    """Print every setting, or one; with VALUE, set it (`default` takes it back)."""
    with opened() as (db, clock):
        if key is not None and value is not None:
            settings.change(db, clock, {key: None if value == "default" else value})
        texts = settings.all_texts(settings.load(db))
    if key is None:
        for name, text in texts.items():
            click.echo(f"{name:<30} {text:<24} {setting_texts.HELP[name]}")
        return
    click.echo(texts[settings.known(key)])


@command
@json_option
def plan_(as_json: bool) -> None:
    """Print your plan: which question on which day."""
    with opened() as (db, clock):
        planned = plan_status.load(db, clock.today()).planned
    if as_json:
        print_json([_planned_row(entry) for entry in planned])
        return
    for entry in planned:
        item = entry.item
        click.echo(f"{entry.date:%Y-%m-%d %a} {item.id:<7} {item.minutes:>3} min  {item.title}")


def _planned_row(entry: Planned) -> dict[str, object]:
    item = entry.item
    return {
        "date": entry.date.isoformat(),
        "question_id": item.id,
        "sheet": item.sheet,
        "title": item.title,
        "phase": item.phase_position,
        "minutes": item.minutes,
    }


@command
@json_option
def today(as_json: bool) -> None:
    """Print where you stand and what is on today."""
    with opened() as (db, clock):
        plan = plan_status.load(db, clock.today())
    day, stands, found = plan.today, plan.progress(), plan.forecast()
    if as_json:
        print_json(
            asdict(stands)
            | {"ends_on": _iso(stands.ends_on), "ended_on": _iso(stands.ended_on)}
            | {"date": day.isoformat(), "forecast": _forecast_row(found)}
            | {"questions": [_planned_row(Planned(day, item)) for item in plan.on(day)]}
            | {"done_today": [item.id for item in plan.done_on(day)]}
        )
        return
    click.echo(verdict.of_plan(plan).sentence)
    click.echo(wording.forecast(found, plan.settings))
    for item in plan.done_on(day):
        click.echo(f"  done  {item.id:<7} {item.title}")
    for item in plan.on(day):
        click.echo(f"  {item.minutes:>3} min {item.id:<7} {item.title}")
    if not plan.on(day):
        click.echo("nothing left for today" if plan.planned else "nothing is left")


@command
@json_option
def forecast(as_json: bool) -> None:
    """Print when you will be done, and how likely by the interview."""
    with opened() as (db, clock):
        plan = plan_status.load(db, clock.today())
    found = plan.forecast()
    sheets = {sheet: plan.forecast(sheet) for sheet in plan.settings.sheets}
    if as_json:
        rows = {sheet: _forecast_row(of_sheet) for sheet, of_sheet in sheets.items()}
        print_json(_forecast_row(found) | {"sheets": rows})
        return
    click.echo(wording.forecast(found, plan.settings))
    advice = wording.advice(found, plan.settings)
    if advice:
        click.echo(advice)
    for sheet, of_sheet in sheets.items():
        click.echo(f"{SHEET_TITLES[sheet]}: {wording.forecast(of_sheet, plan.settings)}")


def _forecast_row(found: Forecast) -> dict[str, object]:
    days = {name: _iso(getattr(found, name)) for name in ("p10", "median", "p90", "if_today")}
    return asdict(found) | days


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()


@command
@click.argument("question_id", metavar="ID")
@click.argument("where", metavar="WHERE")
def move(question_id: str, where: str) -> None:
    """Move a question in the plan: to YYYY-MM-DD, earlier, later, tomorrow, skip or back."""
    with opened() as (db, clock):
        target = where if where in moves.MOVES else day_of(where)
        fields = moves.fields(plan_status.load(db, clock.today()), question_id, target)
        Tracker(db, clock).edit({question_id: fields})
        placed = {
            entry.item.id: entry.date for entry in plan_status.load(db, clock.today()).planned
        }
    day = placed.get(question_id)
    click.echo(f"{question_id}: {'not in the plan' if day is None else f'{day:%Y-%m-%d %a}'}")
