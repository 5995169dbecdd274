"""A database of the time when changes were counted, as the step that gives them keys finds it."""

import json

from sqlite_utils import Database

from prep.store.migrations import migrations

KEYS, AFTER = "devices_that_converge", "conflicts"  # the step, and the one that follows it


class Counted:
    """Such a database in memory, to which changes are added."""

    def __init__(self):
        self.db = Database(memory=True)
        migrations.apply(self.db, stop_before=KEYS)

    def change(self, at, said):
        """Add a change with the old and new value of each (subject, id, field); return its id."""
        return self._add(at, None, said)

    def undo(self, at, change_id):
        """Add a change that takes another back; return its id."""
        rows = self.db.execute(
            "SELECT subject, subject_id, field, new, old FROM history WHERE change_id = ?",
            [change_id],
        ).fetchall()
        said = {(*of,): (json.loads(old), json.loads(new)) for *of, old, new in rows}
        return self._add(at, change_id, said)

    def make(self, at, subject, label, **fields):
        """Add a change that makes something with a number, and its row; return the change's id."""
        self.db.table(subject).upsert({"id": label, "removed": 0, **fields}, pk="id")
        begins = {name: ("", value) for name, value in fields.items()}
        return self.change(at, said_of(subject, label, removed=(1, 0), **begins))

    def give_keys(self):
        migrations.apply(self.db, stop_before=AFTER)

    def _add(self, at, undoes, said):
        row = {"at": f"2026-11-02T08:00:{at:02}+00:00", "undoes": undoes}
        change_id = self.db.table("change").insert(row).last_pk
        for (subject, subject_id, field), (old, new) in said.items():
            self.db.table("history").insert(
                {
                    "change_id": change_id,
                    "subject": subject,
                    "subject_id": subject_id,
                    "field": field,
                    "old": json.dumps(old, ensure_ascii=False),
                    "new": json.dumps(new, ensure_ascii=False),
                }
            )
        return change_id


def said_of(subject, subject_id, **fields):
    """Return what a change says of one thing: old and new value by field."""
    return {(subject, subject_id, name): values for name, values in fields.items()}
