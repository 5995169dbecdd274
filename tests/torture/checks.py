"""What has to hold of a database, whatever befell it."""

import json

from prep.store import integrity
from prep.store.database import open_database
from prep.store.subjects import SUBJECTS


def assert_sound(path):
    """Fail where `python -m prep check` would find anything, or the history is not the truth."""
    assert [found for found in integrity.check(path) if not found.is_right] == []
    with open_database(path) as db:
        assert_history_is_complete(db)


def assert_history_is_complete(db):
    """Replay the history from its beginning: each change begins where the last one ended.

    It ends in what the tables hold.
    """
    values = {}
    rows = db.execute("SELECT subject, subject_id, field, old, new FROM history ORDER BY id")
    for subject, subject_id, field, old, new in rows:
        key = subject, subject_id, field
        assert values.setdefault(key, json.loads(old)) == json.loads(old), f"{key}: a lost update"
        values[key] = json.loads(new)
    for (subject, subject_id, field), value in values.items():
        table, column = SUBJECTS[subject].table, SUBJECTS[subject].key
        found = db.execute(f"SELECT [{field}] FROM [{table}] WHERE [{column}] = ?", [subject_id])
        assert found.fetchone() == (value,), f"{subject} {subject_id} {field}"
    known = {subject_id for subject, subject_id, _ in values if subject == "question"}
    assert known == {row["question_id"] for row in db.query("SELECT question_id FROM progress")}
    empty = "SELECT count(*) FROM change WHERE id NOT IN (SELECT change_id FROM history)"
    assert db.execute(empty).fetchone() == (0,), "a change without what it changed"
