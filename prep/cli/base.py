"""What every command shares: the group, the database option, one-line errors, JSON."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from prep import front_matter, importer, settings
from prep.clock import Clock, system_clock
from prep.database import default_path, explained, open_database
from prep.errors import InvalidDates, InvalidValue, PrepError


def _keep_path(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.find_root().obj = value


_db_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The database file (default: PREP_DB, else data/prep.db).",
    expose_value=False,
    callback=_keep_path,
    is_eager=True,
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class _OneLineErrors(click.Group):
    """Prints what a person can act on as one line on standard error, and exits 1."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **{**kwargs, "standalone_mode": False})
        except PrepError as error:
            message = str(error)
        except click.UsageError as error:
            message = error.format_message()
        except click.ClickException as error:
            message = error.format_message()
        except click.Abort:
            message = "stopped"
        print(f"error: {' '.join(message.split())}", file=sys.stderr)
        sys.exit(1)


@click.group(cls=_OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@_db_option
def cli() -> None:
    """Track preparation for senior engineering interviews."""


def group(name: str, about: str) -> click.Group:
    """Return a new group of commands; `about` says what they are for."""

    @cli.group(name, help=about, invoke_without_command=True)
    @_db_option
    @click.pass_context
    def made(context: click.Context) -> None:
        if context.invoked_subcommand is None:
            names = ", ".join(sorted(made.commands))
            raise click.UsageError(f"name one of its commands: {names}; -h says what they do")

    return made


def command(
    function: Callable[..., None], *, of: click.Group | None = None, name: str | None = None
) -> click.Command:
    """Make a function a command, of a group where one is named.

    Its name is `name`, else the function's; a trailing `_` keeps that off a module's name.
    """

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        _refuse_broken(kwargs)
        with explained(database_path()):
            function(*args, **kwargs)

    return (of or cli).command(name or function.__name__.rstrip("_"))(_db_option(run))


def _refuse_broken(arguments: dict[str, Any]) -> None:
    """Raise InvalidValue where bytes that are no text stand in an argument, paths left aside."""
    for value in arguments.values():
        if isinstance(value, str) and not front_matter.is_plain(value):
            raise InvalidValue(f"{value[:40]!r} is no text in UTF-8")


@contextmanager
def opened(*, filled: bool = True) -> Iterator[tuple[Database, Clock]]:
    """Open the database, and give the person's clock.

    `filled`: with what `data/` ships, where it is new.
    """
    clock, path = system_clock(), database_path()
    with importer.open_filled(path, clock) if filled else open_database(path) as db:
        yield db, settings.clock(db, clock)


@contextmanager
def opened_db() -> Iterator[Database]:
    """Open the database, filled with what `data/` ships where it is new."""
    with opened() as (db, _):
        yield db


def database_path() -> Path:
    """Return the file that `--db` names, else the default."""
    return click.get_current_context().find_root().obj or default_path()


def print_json(data: Any) -> None:
    """Print data as readable JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def day_of(text: str) -> date:
    """Return the day that a person typed. Raises InvalidDates."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidDates(f"{text[:40]!r} is no day: write it as YYYY-MM-DD") from None
