"""A backup that was tampered with: nothing but rows of Prep's own tables comes back."""

import sqlite3
from contextlib import closing
from functools import cache

import pytest
from sqlite_utils import Database

from prep.errors import DatabaseError
from prep.exchange import restore_backup
from prep.store import backup_contents, backups, undo_redo
from prep.store.database import open_database
from prep.store.migrations import migrations

EVIL = "BEGIN DELETE FROM history; END"
NAMED_AS_SQLITES_OWN = f"CREATE TRIGGER sqlite_x AFTER UPDATE ON progress {EVIL}"


def in_schema(kind, name, table, sql):
    """SQL that writes a row into the schema as no statement could."""
    return (
        "PRAGMA writable_schema = ON; INSERT INTO sqlite_master (type, name, tbl_name, rootpage,"
        f" sql) VALUES ('{kind}', '{name}', '{table}', 0, '{sql}'); PRAGMA writable_schema = OFF"
    )


def rewritten(name, old, new):
    """SQL that replaces something in the text of a table, view, index or trigger."""
    return (
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql ="
        f" replace(sql, '{old}', '{new}') WHERE name = '{name}'; PRAGMA writable_schema = OFF"
    )


TAMPERED = {
    "a trigger": f"CREATE TRIGGER added AFTER UPDATE ON progress {EVIL}",
    "a trigger named as the log of steps": (
        f"CREATE TRIGGER _sqlite_migrX AFTER UPDATE ON progress {EVIL}"
    ),
    "a trigger on the log of steps": f"CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations {EVIL}",
    "a trigger named as SQLite's own": in_schema(
        "trigger", "sqlite_x", "progress", NAMED_AS_SQLITES_OWN
    ),
    "a table": "CREATE TABLE _sqlite_migrX (a)",
    "a table named as the log of steps": "CREATE TABLE _sqlite_migrations_too (a)",
    "a view": "CREATE VIEW _sqlite_migrX AS SELECT 1",
    "an index": "CREATE INDEX added ON progress (upper(personal_notes))",
    "a view with quotes put elsewhere": rewritten(
        "tracker", "q.retired, q.own", 'q.retired, "q.own" AS own'
    ),
    "a view with a quote within quotes": rewritten("tracker", "''todo''", "''to\"do''"),
    "a view with spaces within quotes": rewritten("tracker", "''''", "'' ''"),
    "a trigger with other words": rewritten("question_note_added", "My notes", "Evil notes"),
    "a check left out": rewritten("progress", "CHECK (confidence BETWEEN 1 AND 5)", ""),
    "a case that differs": rewritten("setting", "value TEXT", "VALUE TEXT"),
    "a trigger left out": "DROP TRIGGER section_note_added",
    "an index left out": "DROP INDEX question_by_place",
    "a step left out": "DELETE FROM _sqlite_migrations WHERE name = 'questions_moved_by_hand'",
}


@pytest.fixture
def source(db_path, half_done, tmp_path):
    backups.copy(db_path, tmp_path / "source.db")
    return tmp_path / "source.db"


def objects(path):
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


@pytest.mark.parametrize("how", TAMPERED)
def test_a_backup_with_a_schema_of_its_own_is_refused(source, db_path, how):
    before = objects(source)
    with closing(sqlite3.connect(source)) as connection:
        connection.executescript(TAMPERED[how])
    assert objects(source) != before or "step" in how, "nothing was tampered with"
    untouched = objects(db_path)
    with pytest.raises(DatabaseError, match="its tables are not those that Prep makes") as refused:
        restore_backup.restore(source, db_path)
    assert "\n" not in str(refused.value)
    assert objects(db_path) == untouched


def test_what_analyze_adds_is_no_harm(source, db_path):
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("ANALYZE")
    restore_backup.restore(source, db_path)
    assert not any("sqlite_stat" in name for _, name, _, _ in objects(db_path))


@pytest.mark.parametrize("how", sorted(TAMPERED.keys() - {"a step left out"}))
def test_rows_alone_are_kept_of_a_backup(source, tmp_path, how):
    """Whatever the comparison of schemas let through, its triggers and views stay behind."""
    sound = objects(source)
    with closing(sqlite3.connect(source)) as connection:
        connection.executescript(TAMPERED[how])
    copied = tmp_path / "copied.db"
    backup_contents.copy_rows(source, copied)
    assert objects(copied) == sound


def test_every_row_is_kept(source, tmp_path, clock):
    copied = tmp_path / "copied.db"
    backup_contents.copy_rows(source, copied)
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(copied)) as other:
        tables = [
            name
            for (name,) in one.execute(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                " AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
            )
        ]
        assert {"_sqlite_migrations", "history", "section_note", "question"} <= set(tables)
        for table in tables:
            rows = [set(db.execute(f"SELECT * FROM {table}")) for db in (one, other)]
            assert rows[0] == rows[1], table
        search = "SELECT rowid FROM search_index WHERE search_index MATCH 'kafka' ORDER BY rowid"
        assert one.execute(search).fetchall() == other.execute(search).fetchall() != []
    with open_database(copied) as db:
        assert migrations.applied(db)
        assert undo_redo.undo(db, clock)


def test_a_row_that_its_table_refuses_is_damage(source, tmp_path):
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE progress SET confidence = 9")
        connection.commit()
    with pytest.raises(DatabaseError, match=r"it is damaged \(CHECK constraint failed"):
        backup_contents.copy_rows(source, tmp_path / "copied.db")


def test_every_object_is_compared_to_the_letter(source, monkeypatch):
    """One letter in any table, index, trigger or view, in its name or its text, is seen."""
    as_made = cache(lambda *steps: made_of(list(steps)))
    made_of = backup_contents._as_made
    monkeypatch.setattr(backup_contents, "_as_made", lambda steps: as_made(*steps))
    db = Database(memory=True)
    migrations.apply(db)
    backup_contents.refuse_other_schema(db, source)
    db.execute("PRAGMA writable_schema = ON")
    for _, name, _, sql in objects(source):
        for column in ("name", "sql") if sql else ("name",):
            db.execute("BEGIN")
            db.execute(
                f"UPDATE sqlite_master SET {column} = {column} || ' ' WHERE name = ?", [name]
            )
            with pytest.raises(DatabaseError, match="not those that Prep makes"):
                backup_contents.refuse_other_schema(db, source)
            db.rollback()
            backup_contents.refuse_other_schema(db, source)
