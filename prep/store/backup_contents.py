"""What a backup may hold: the tables, triggers and views that the migrations make, and rows.

A trigger or a view that somebody else wrote would run with each change from then on. So a backup's
schema is compared, and its rows alone are kept, in a database made here.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from prep.errors import DatabaseError
from prep.store import migrations as schema
from prep.store.migrations import migrations

# What `ANALYZE` adds, run by a person with another program: figures for the planner, no code.
_STATISTICS = {
    ("table", name, name, f"CREATE TABLE {name}({columns})")
    for name, columns in (
        ("sqlite_stat1", "tbl,idx,stat"),
        ("sqlite_stat4", "tbl,idx,neq,nlt,ndlt,sample"),
    )
}


def refuse_other_schema(db: Database, source: Path) -> None:
    """Raise DatabaseError where the schema of a backup is not, to the letter, what Prep makes."""
    if _schema_of(db) != _schema_of(_as_made(schema.applied(db))):
        raise DatabaseError(
            f"{source}: its tables are not those that Prep makes: choose one of its backups"
        )


def copy_rows(source: Path, target: Path) -> None:
    """Make a database at `target` with the rows of the backup `source`, and a schema made here.

    `target` is of the version that `source` is of. Raises DatabaseError where a row does not fit,
    sqlite3.Error where a file cannot be used.
    """
    stored_at = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(stored_at, uri=True)) as stored:
        made = _as_made(schema.applied(Database(stored)))
    try:
        with closing(sqlite3.connect(target.absolute().as_uri(), uri=True)) as fresh:
            made.conn.backup(fresh)
            fresh.execute("ATTACH ? AS stored", [stored_at])
            with fresh:
                _fill(fresh)
                fresh.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    except sqlite3.IntegrityError as error:
        raise DatabaseError(f"{source}: it is damaged ({error}): choose another backup") from error


def _fill(fresh: sqlite3.Connection) -> None:
    """Copy the rows of the attached database, with triggers off: what these add is among them."""
    triggers = fresh.execute(
        "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        fresh.execute(f'DROP TRIGGER main."{name}"')
    for table in _tables_with_rows(fresh):
        columns = ", ".join(f'"{column}"' for column in _columns_to_fill(fresh, table))
        fresh.execute(f'DELETE FROM main."{table}"')
        fresh.execute(
            f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM stored."{table}"'
        )
    for _, sql in triggers:
        fresh.execute(sql)


def _tables_with_rows(db: sqlite3.Connection) -> list[str]:
    """Return the tables that hold rows of their own, those behind a virtual table left out."""
    rows = db.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"
    )
    return [name for (name,) in rows]


def _columns_to_fill(db: sqlite3.Connection, table: str) -> list[str]:
    """Return a table's columns without generated ones."""
    rows = db.execute("SELECT name FROM pragma_table_info(?, 'main') ORDER BY cid", [table])
    return [name for (name,) in rows]


def _as_made(steps: list[str]) -> Database:
    """Return a new database in memory that has taken these steps, up to the first missing one."""
    made = Database(memory=True)
    later = [step.name for step in migrations.pending(made) if step.name not in steps]
    migrations.apply(made, stop_before=later)
    return made


def _schema_of(db: Database) -> list[tuple[str, str, str, str]]:
    rows = db.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return sorted(row for row in rows if row not in _STATISTICS)
