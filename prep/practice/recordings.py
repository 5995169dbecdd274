"""What a person said and recorded: WAV files beside the database, in no export and no backup.

They lie in `recordings/`, in a folder that has the database's own name. A file's name says when it
was made and what it is of, by keys that stay where numbers change, and ends in what no other has;
nothing that was typed is in it.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from sqlite_utils import Database

from prep.clock import Clock
from prep.errors import InvalidValue
from prep.practice import speech
from prep.practice.speech import Speech
from prep.store import backup_check, ids, migrations, numbers, output, own_files
from prep.store.database import database_of
from prep.store.integrity import Finding

Subject = Literal["story", "answer", "attempt"]
MAX_BYTES = 50_000_000
GRACE = timedelta(days=1)  # until then, an undo of what was removed finds its recordings
_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(
    rf"([0-9]{{8}}T[0-9]{{12}}Z)-({'|'.join(get_args(Subject))})-([A-Za-z0-9-]{{1,60}})"
    r"-[0-9a-f]{8}\.wav"
)


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that is kept: its file, when it was made (UTC), what it is of, its bytes."""

    path: Path
    at: datetime
    subject: Subject
    key: str
    size: int


def folder(database: Path) -> Path:
    """Return where the recordings of a database lie, there or not."""
    database = own_files.real(database)
    return database.parent / "recordings" / database.name


def keep(
    db: Database, clock: Clock, subject: Subject, subject_id: str, data: bytes
) -> tuple[Recording, Speech]:
    """Keep the WAV file `data` as a recording of a story, an answer or a mock interview.

    Returns it, and what was measured in it. Raises InvalidValue where it is too large, no recording
    that can be read, or cannot be written; then nothing is kept.
    """
    if len(data) > MAX_BYTES:
        raise InvalidValue(
            f"the recording has {_megabytes(len(data))} MB, and {_megabytes(MAX_BYTES)} are kept"
            " at most: record it in parts"
        )
    figures = speech.measure(io.BytesIO(data))
    name = f"{clock.now().strftime(_STAMP)}-{subject}-{_key(db, subject, subject_id)}"
    path = folder(database_of(db)) / f"{name}-{ids.unique()}.wav"
    try:
        output.write_new(path, data)
    except OSError as error:
        raise InvalidValue(f"{path}: the recording cannot be kept ({error.strerror})") from error
    made = _recording(path)
    if made is None:
        raise InvalidValue(f"{path}: the recording was removed while it was kept")
    return made, figures


def of(db: Database, subject: Subject, subject_id: str) -> list[Recording]:
    """Return the recordings of a story, an answer or a mock interview, newest first."""
    found = [made for made in every(database_of(db)) if made.subject == subject]
    labels = _labels(db, found)
    return [made for made in found if labels[made.key] == subject_id]


def every(database: Path) -> list[Recording]:
    """Return all recordings of a database, newest first; other files there are none."""
    found = (_recording(file) for file in _files(database))
    return sorted((made for made in found if made), key=lambda made: made.path.name, reverse=True)


def measure(made: Recording) -> Speech:
    """Return what is measured in a recording. Raises InvalidValue where it cannot be read."""
    try:
        with made.path.open("rb") as file:
            return speech.measure(file)
    except OSError as error:
        raise InvalidValue(f"the recording cannot be read ({error.strerror})") from error


def remove(made: Recording) -> None:
    """Delete a recording, for good. Raises InvalidValue where that is not allowed."""
    try:
        made.path.unlink(missing_ok=True)
    except OSError as error:
        raise InvalidValue(f"the recording cannot be deleted ({error.strerror})") from error


def clean_up(db: Database, clock: Clock, days: int) -> int:
    """Delete what is older than so many days (0: nothing is), and what was removed a day ago.

    Removed are a mock interview that was discarded and a story that was deleted. What a killed
    process left unfinished goes as well. Returns how many recordings were deleted. Raises
    InvalidValue where one cannot be.
    """
    now, database = clock.now(), database_of(db)
    found = every(database)
    labels = _labels(db, found)
    gone = [
        made
        for made in found
        if (days and now - made.at >= timedelta(days=days))
        or _is_long_removed(db, made.subject, labels[made.key], now)
    ]
    for made in gone:
        remove(made)
    for file in _files(database):
        if own_files.is_left_over(database, file) and _is_old(file, now):
            file.unlink(missing_ok=True)
    return len(gone)


def finding(database: Path) -> Finding:
    """Return how many recordings there are, their size, and how many of nothing that is there.

    The database is read only, and must be sound.
    """
    found = every(database)
    if not found:
        return Finding("recordings", True, "none")
    with closing(backup_check.read_only(own_files.real(database))) as connection:
        lost = _count_lost(Database(connection), found)
    said = f"{len(found)}, {_megabytes(sum(made.size for made in found))} MB, in {folder(database)}"
    return Finding("recordings", True, f"{said}; {lost} of what is not there" if lost else said)


def _count_lost(db: Database, found: list[Recording]) -> int:
    if not migrations.is_current(db):  # of another version: it is counted once Prep opens it
        return 0
    labels = _labels(db, found)
    return sum(not _is_there(db, made.subject, labels[made.key]) for made in found)


def _files(database: Path) -> Iterator[Path]:
    place = folder(database)
    if place.is_dir() and os.access(place, os.R_OK | os.X_OK):
        yield from place.iterdir()


def _recording(file: Path) -> Recording | None:
    """Return which recording a file is by its name, None where it is none or is gone."""
    match = _NAME.fullmatch(file.name)
    if match is None or file.is_symlink() or not file.is_file():
        return None
    try:
        at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
        size = file.stat().st_size
    except (ValueError, FileNotFoundError):
        return None
    subject: Subject = match[2]  # type: ignore[assignment]  # the pattern names no others
    return Recording(file, at, subject, match[3], size)


def _key(db: Database, subject: Subject, subject_id: str) -> str:
    """Return what names a subject in a file: of an answer, its question's title goes with it."""
    key = numbers.key_of(db, subject_id)
    if subject != "answer":
        return key
    row = db.execute("SELECT title FROM question WHERE id = ?", [subject_id]).fetchone()
    return f"{key}-{_digest(row[0] if row else '')}"


def _labels(db: Database, found: list[Recording]) -> dict[str, str]:
    """Return the id that each recording's key stands for now."""
    titles = dict(db.execute("SELECT id, title FROM question")) if found else {}
    by_digest = {_digest(title): question_id for question_id, title in titles.items()}
    labels = numbers.labels(db) if found else {}
    return {
        made.key: _question(made.key, titles, by_digest, labels)
        if made.subject == "answer"
        else labels.get(made.key, made.key)
        for made in found
    }


def _question(
    key: str, titles: dict[str, str], by_digest: dict[str, str], labels: dict[str, str]
) -> str:
    """Return the question of an answer's key: a sheet may have been numbered anew since."""
    named, _, digest = key.rpartition("-")
    label = labels.get(named, named)
    is_same = label in titles and _digest(titles[label]) == digest
    return label if is_same else by_digest.get(digest, label)


def _digest(title: str) -> str:
    return hashlib.sha256(title.encode()).hexdigest()[:8]


def _is_there(db: Database, subject: Subject, label: str) -> bool:
    table, condition = ("question", "1") if subject == "answer" else (subject, "NOT removed")
    rows = db.execute(f"SELECT 1 FROM {table} WHERE id = ? AND {condition}", [label])
    return rows.fetchone() is not None


def _is_long_removed(db: Database, subject: Subject, label: str, now: datetime) -> bool:
    if subject == "answer" or _is_there(db, subject, label):
        return False
    row = db.execute(
        "SELECT max(c.at) FROM history h JOIN change c ON c.id = h.change_id"
        " WHERE h.subject = ? AND h.subject_id = ? AND h.field = 'removed' AND h.new = '1'",
        [subject, label],
    ).fetchone()
    return bool(row[0]) and now - datetime.fromisoformat(row[0]) >= GRACE


def _is_old(file: Path, now: datetime) -> bool:
    try:
        return now.timestamp() - file.stat().st_mtime > GRACE.total_seconds()
    except FileNotFoundError:
        return False


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}"
