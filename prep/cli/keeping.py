"""Backups: making one, putting one back, and checking the database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from prep.cli.base import command, database_path, force_option, json_option, opened_db, print_json
from prep.exchange import restore_backup
from prep.practice import recordings
from prep.store import backups, integrity


@command
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@force_option
def backup(file: Path | None, force: bool) -> None:
    """Copy the database to FILE, safe while it is in use; without FILE, beside the others."""
    path = database_path()
    with opened_db():
        pass
    if file:
        backups.copy(path, file, force=force)
    else:
        file = backups.automatic(path, "asked").path
    click.echo(f"{file}: {file.stat().st_size:,} bytes, checked")


@command
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database, which is backed up before."""
    kept = restore_backup.restore(file, database_path())
    click.echo(f"restored from {file}" + (f"; what was is in {kept}" if kept else ""))


@command
@json_option
def check(as_json: bool) -> None:
    """Check the database: one line each, exit 1 where something is wrong."""
    path = database_path()
    found = integrity.check(path)
    if all(finding.is_right for finding in found):
        found.append(restore_backup.restorable(path))
    if all(finding.is_right for finding in found):
        found.append(recordings.finding(path))
    if as_json:
        print_json([{"name": f.name, "ok": f.is_right, "said": f.said} for f in found])
    else:
        for finding in found:
            click.echo(f"{'ok' if finding.is_right else 'WRONG'}  {finding.name}: {finding.said}")
    if not all(finding.is_right for finding in found):
        sys.exit(1)
