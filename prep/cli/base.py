"""What every command shares: the group, the database option, one-line errors, JSON."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from prep.clock import Clock, system_clock
from prep.content import importer
from prep.errors import InvalidDates, InvalidValue, PrepError
from prep.markdown import front_matter
from prep.progress import settings
from prep.store.database import default_path, open_database
from prep.store.places import refuse_no_place
from prep.store.sqlite_errors import translate_sqlite_errors


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
force_option = click.option("--force", is_flag=True, help="Replace what is there already.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


INTERRUPTED = 130  # as shells have it: 128 and the signal's number


class _OneLineErrors(click.Group):
    """Prints what a person can act on as one line on standard error, and exits 1."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            with _written_out(), _help_where_nothing_is_named():
                return super().main(*args, **{**kwargs, "standalone_mode": False})
            return None  # nothing was named, and the help is printed
        except click.ClickException as error:
            message = error.format_message()
        except _Interrupted:
            sys.stderr.write("error: stopped\n")
            sys.exit(INTERRUPTED)
        except BrokenPipeError:  # whoever read has enough, as `head` has
            _forget_output()
            sys.exit(1)
        except OSError as error:
            message = str(PrepError(f"{error.filename or 'standard output'}: {error.strerror}"))
            _forget_output()
        except PrepError as error:
            message = str(error)
        print(f"error: {' '.join(message.split())}", file=sys.stderr)
        sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise _Interrupted from None  # which Click does not answer with a line of its own


class _Interrupted(BaseException):
    """Ctrl-C while a command runs."""


@contextmanager
def _help_where_nothing_is_named() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message())


@contextmanager
def _written_out() -> Iterator[None]:
    """Write what was printed out at the end of the block. Raises OSError where that fails."""
    try:
        yield
    finally:
        if sys.stdout is not None:  # it may be closed from the start
            sys.stdout.flush()


def _forget_output() -> None:
    """Have what could not be written dropped, or Python would try once more as it ends."""
    with suppress(OSError, ValueError):  # no real file, as in tests
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
        with translate_sqlite_errors(database_path()):
            function(*args, **kwargs)

    return (of or cli).command(name or function.__name__.rstrip("_"))(_db_option(run))


def _refuse_broken(arguments: dict[str, object]) -> None:
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
    """Return the file that `--db` names, else the default. Raises DatabaseError for no file."""
    path = click.get_current_context().find_root().obj or default_path()
    refuse_no_place(path)
    return path


def print_json(data: Any) -> None:
    """Print data as readable JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def day_of(text: str) -> date:
    """Return the day that a person typed. Raises InvalidDates."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidDates(f"{text[:40]!r} is no day: write it as YYYY-MM-DD") from None
