"""The databases that exchange their changes: each is a device with a random id."""

from __future__ import annotations

import re
import secrets

from sqlite_utils import Database

MIGRATION = "migration"  # says what an older database held beyond its history; no act to undo
FORM = re.compile(rf"[0-9a-f]{{16}}|{MIGRATION}")


def this(db: Database) -> str:
    """Return the id of this database among those that exchange changes."""
    device: str = db.execute("SELECT id FROM device WHERE is_this").fetchone()[0]
    return device


def become_new(db: Database) -> None:
    """Give this database a new id: it was copied from one that may still be in use."""
    db.execute("UPDATE device SET is_this = 0 WHERE is_this")
    db.execute("INSERT INTO device (id, is_this) VALUES (?, 1)", [secrets.token_hex(8)])


def know(db: Database, device: str) -> None:
    """Note another device, of which changes came."""
    db.execute("INSERT OR IGNORE INTO device (id) VALUES (?)", [device])
