"""Whether a file can be put back as a backup: a sound database, with the tables that Prep makes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from prep.errors import DatabaseError
from prep.store import backup_contents, file_integrity, log_marks, own_files
from prep.store import migrations as schema
from prep.store.migrations import migrations
from prep.store.sqlite_errors import translate_sqlite_errors


def verify(source: Path) -> None:
    """Raise DatabaseError where a file is no sound database of Prep."""
    if not own_files.is_file(source):
        raise DatabaseError(f"{source}: there is no such file")
    source = own_files.real(source)
    with (
        odd_bytes_explained(source),
        translate_sqlite_errors(source, opening=True),
        closing(read_only(source)) as connection,
    ):
        log_marks.refuse_foreign(source)
        connection.execute("PRAGMA trusted_schema = OFF")
        db = Database(connection)
        if not migrations.applied(db) or not db.table("question").exists():
            raise DatabaseError(f"{source}: it is no database of Prep: choose one of its backups")
        refuse_newer(db, source)
        backup_contents.refuse_other_schema(db, source)
        refuse_damaged(connection, source, source)


def is_sound(source: Path) -> bool:
    """Return whether a file is a sound database of Prep."""
    try:
        verify(source)
    except DatabaseError:
        return False
    return True


def refuse_newer(db: Database, path: Path) -> None:
    """Raise DatabaseError where a newer Prep has changed the tables in a way unknown here."""
    unknown = schema.unknown(db)
    if unknown:
        raise DatabaseError(
            f"{path}: it was written by a newer Prep ({unknown[-1]}): update Prep to open it"
        )


def refuse_damaged(connection: sqlite3.Connection, source: Path, file: Path) -> None:
    """Raise DatabaseError, which names `source`, where the database `file` is not whole."""
    found = file_integrity.damage(connection, file)
    if found:
        raise DatabaseError(f"{source}: it is damaged ({found}): choose another backup")
    dangling = file_integrity.dangling(connection)
    if dangling:
        raise DatabaseError(f"{source}: rows of {dangling[0]} point to nothing: choose another")


@contextmanager
def odd_bytes_explained(source: Path) -> Iterator[None]:
    """Raise DatabaseError where what is read of a database in the block is no text."""
    try:
        yield
    except UnicodeError as error:
        raise DatabaseError(f"{source}: it is damaged ({error}): choose another backup") from error


def read_only(path: Path) -> sqlite3.Connection:
    """Return a connection that reads the database at `path` and leaves the file as it is."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
