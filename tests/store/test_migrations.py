"""A database of every earlier schema opens with all that it held; a failed upgrade changes none."""

import gzip
import resource
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from prep.errors import DatabaseError
from prep.planning import plan_items
from prep.progress import settings
from prep.store import backups
from prep.store import migrations as schema
from prep.store.database import open_database
from prep.store.migrations import migrations

STEPS = [step.name for step in migrations.pending(Database(memory=True))]
SCHEMAS = sorted((Path(__file__).parents[1] / "schemas").glob("*.db.gz"), key=lambda p: p.name)
EARLIER = [packed for packed in SCHEMAS if packed.name.partition(".")[0] != STEPS[-1]]
# Made anew out of what the other tables hold, or by SQLite itself.
BESIDE = {("attempt", "state"), ("time", "question_id"), ("time", "kind")}
_DERIVED = ("search_", "sqlite_", "_sqlite_migrations")


@pytest.fixture
def path(request, tmp_path):
    path = tmp_path / "prep.db"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def each(packed):
    return pytest.mark.parametrize(
        "path", packed, ids=[p.name.partition(".")[0] for p in packed], indirect=True
    )


def rows(path):
    """Return each table's columns and rows."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(_DERIVED)
        ]
        columns = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_xinfo({name})")]
            for name in names
        }
        return {name: (columns[name], read(connection, name, columns[name])) for name in names}


def read(connection, table, columns):
    return sorted(connection.execute(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)


def as_named_today(columns, held):
    """The URL of a question's article was its permalink without the last slash."""
    if "article_url" not in columns:
        return columns, held
    place = columns.index("article_url")
    held = [(*row[:place], row[place] and row[place] + "/", *row[place + 1 :]) for row in held]
    return [*columns[:place], "permalink", *columns[place + 1 :]], sorted(held, key=repr)


def content(path):
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


def test_there_is_a_database_of_every_schema():
    assert {packed.name.partition(".")[0] for packed in SCHEMAS} == set(STEPS)


@each(SCHEMAS)
def test_it_opens_with_every_row_that_it_held(path):
    before = rows(path)
    empty = {name for name, (_, held) in before.items() if not held}
    assert empty <= {"import_log"}, "the fixture holds something of everything"
    with open_database(path) as db:
        assert not migrations.pending(db)
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        chosen = settings.load(db)
        assert chosen.start_on == date(2026, 11, 2)
        assert len(plan_items.load(db, chosen)) == 291
        for table, (columns, held) in before.items():
            if table not in ("change", "history"):
                columns, held = as_named_today(columns, held)
                assert read(db.conn, table, columns) == held, table
        assert_same_history(before, db.conn)


def assert_same_history(before, connection):
    """Each change is there as it was, but for what is kept beside the history by now."""
    for table in ("change", "history"):
        columns, held = before[table]
        columns, held = columns[table == "history" :], [row[table == "history" :] for row in held]
        gone = set(held) - set(read(connection, table, columns))
        assert {row[1::2][:2] for row in gone} <= BESIDE


@each(EARLIER)
def test_what_it_was_is_backed_up_before(path):
    before = content(path)
    open_database(path).close()
    [made] = backups.list_backups(path)
    assert made.reason == "migration"
    assert content(made.path) == before


@each(EARLIER)
def test_a_step_that_fails_at_its_end_leaves_the_file_as_it_was(path, monkeypatch):
    before = content(path)
    last = schema._DAILY_SESSIONS
    monkeypatch.setattr(schema, "_DAILY_SESSIONS", f"{last};\n\nINSERT INTO nowhere")
    with pytest.raises(DatabaseError, match="it stays as it was"):
        open_database(path)
    assert content(path) == before
    monkeypatch.undo()
    open_database(path).close()


def written(path):
    """Return the bytes that an upgrade writes, on a copy."""
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())
    with open_database(copy):
        return copy.with_name("copy.db-wal").stat().st_size


@each(EARLIER)
@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.95])
def test_a_disk_that_is_full_halfway_leaves_the_file_as_it_was(path, share, monkeypatch):
    monkeypatch.setattr(backups, "automatic", lambda *_: None)  # it would meet the full disk first
    before, room = content(path), round(share * written(path))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(DatabaseError, match="free some space"):
            open_database(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert content(path) == before
    open_database(path).close()


@each(EARLIER)
def test_without_room_for_the_backup_nothing_is_begun(path):
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(DatabaseError, match="the backup cannot be written"):
            open_database(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
