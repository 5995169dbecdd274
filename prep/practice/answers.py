"""The person's own answers: one a question, in Markdown, every saved version kept."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from prep import texts
from prep.clock import Clock
from prep.content import questions
from prep.content.models import BEHAVIORAL, Status
from prep.content.questions import Question
from prep.content.sites import markdown_folder
from prep.errors import InvalidValue
from prep.markdown import outline
from prep.practice import answer_outline
from prep.progress.settings import Settings
from prep.progress.tracker import Tracker
from prep.store import change_list, change_log, snapshots, undo_redo
from prep.store.change_rows import Edit
from prep.store.database import writing

SPOKEN_WORDS_A_MINUTE = 130
MAX_ANSWER = 100_000  # characters
DRAFT = "answer_draft"  # what a conflict calls it


@dataclass(frozen=True)
class Revision:
    """One saved version of an answer."""

    change_id: int
    at: datetime
    body: str


def get(db: Database, question_id: str) -> str:
    """Return the saved answer, empty where there is none. Raises UnknownQuestion."""
    questions.get(db, question_id)
    row = db.execute("SELECT body FROM answer WHERE question_id = ?", [question_id]).fetchone()
    return row[0] if row else ""


def save(db: Database, clock: Clock, question_id: str, body: str) -> bool:
    """Keep an answer as a new revision; return whether that changed anything.

    The first in which something is written takes a question that was not begun, or in progress,
    to drafted, in the same change. A draft is dropped. Raises UnknownQuestion, InvalidValue.
    """
    text = checked(body)
    with writing(db):
        status = questions.get(db, question_id).status
        edits = [Edit("answer", {question_id: {"body": text}})]
        if begins(status, text):
            drafted = {question_id: {"status": "drafted"}}
            edits.append(Tracker(db, clock).prepared(drafted))
        db.execute("DELETE FROM answer_draft WHERE question_id = ?", [question_id])
        return change_log.write_together(db, clock, edits) > 0


def begins(status: Status, text: str) -> bool:
    """Whether saving this answer takes a question of this status to drafted."""
    return status in ("todo", "in_progress") and is_written(text)


def is_written(body: str) -> bool:
    """Whether an answer says anything: an outline of headings alone does not."""
    return bool(outline.without_empty_sections(body).strip())


def draft(db: Database, question_id: str) -> str | None:
    """Return what was typed and not saved, None where nothing was."""
    found = db.execute(
        "SELECT d.body FROM answer_draft d LEFT JOIN answer a ON a.question_id = d.question_id"
        " WHERE d.question_id = ? AND d.body <> coalesce(a.body, '')",
        [question_id],
    ).fetchone()
    return found[0] if found else None


def typed(db: Database, question_id: str) -> str:
    """Return what the editor shows: the draft, else what is saved. Raises UnknownQuestion."""
    text = draft(db, question_id)
    return get(db, question_id) if text is None else text


def keep_draft(
    db: Database, clock: Clock, question_id: str, body: str, *, seen: str | None = None
) -> None:
    """Keep what is typed until it is saved or dropped.

    `seen` is the text that it was typed into: a draft that another tab wrote since is not
    replaced. Raises UnknownQuestion, InvalidValue, ChangedElsewhere.
    """
    text = checked(body)
    with writing(db):
        snapshots.refuse_stale(DRAFT, question_id, typed(db, question_id), seen, text)
        if text == get(db, question_id):
            drop_draft(db, question_id)
            return
        if draft(db, question_id) is None:
            drop_draft(db, question_id)  # one that is saved by now: this begins another
        db.execute(
            "INSERT INTO answer_draft (question_id, body, at, version) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (question_id) DO UPDATE SET body = excluded.body, at = excluded.at",
            [question_id, text, clock.now().isoformat(), snapshots.version_seen(db)],
        )


def save_draft(db: Database, clock: Clock, question_id: str, seen: str) -> None:
    """Save what was typed, as a revision. Where there is no draft, it is saved already.

    Raises ChangedElsewhere where what was typed is not what was seen, or another text was saved
    elsewhere since the draft was begun.
    """
    with writing(db):
        snapshots.refuse_stale(DRAFT, question_id, typed(db, question_id), seen, seen)
        row = db.execute(
            "SELECT body, version FROM answer_draft WHERE question_id = ?", [question_id]
        ).fetchone()
        if row is None:
            return
        text, version = row
        with snapshots.hidden_since({} if version is None else {"body": version}):
            save(db, clock, question_id, text)


def undo_save(db: Database, clock: Clock, question_id: str) -> None:
    """Undo the last change, which saved this answer; what stands in the editor is a draft then.

    Raises UnknownQuestion, ChangedElsewhere.
    """
    with writing(db):
        text = typed(db, question_id)
        undo_redo.undo(db, clock)
        drop_draft(db, question_id)  # it was begun on the answer that is taken back
        keep_draft(db, clock, question_id, text)


def discard_draft(db: Database, question_id: str, seen: str) -> None:
    """Forget what was typed and not saved. Raises InvalidValue where that is not what was seen."""
    with writing(db):
        if draft(db, question_id) not in (None, seen):
            raise InvalidValue("the draft was changed elsewhere meanwhile: look at it first")
        drop_draft(db, question_id)


def drop_draft(db: Database, question_id: str) -> None:
    """Forget what was typed and not saved."""
    with writing(db):
        db.execute("DELETE FROM answer_draft WHERE question_id = ?", [question_id])


def revisions(db: Database, question_id: str) -> list[Revision]:
    """Return every version that was saved, the newest first."""
    changes = change_list.changes(
        db, subject="answer", subject_id=question_id, field="body", limit=10_000
    )
    return [Revision(change.change_id, change.at, change.new) for change in changes]


def difference(old: str, new: str) -> str:
    """Return what changed from one version to another, as a unified diff."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=2)
    return "\n".join(list(lines)[2:])


def count_words(body: str) -> int:
    """Return how many words an answer has; diagrams and headings without text below have none."""
    return markdown_folder.count_words(outline.without_empty_sections(body))


def speaking_minutes(body: str) -> float:
    """Return how long the answer takes to speak, in minutes."""
    return count_words(body) / SPOKEN_WORDS_A_MINUTE


def target_minutes(question: Question, body: str, chosen: Settings) -> int | None:
    """Return how many minutes an answer is meant to take when it is spoken.

    None where nothing says it: for system design, which is talked through, and for an answer with
    a version for each level, of which one is spoken.
    """
    if question.sheet != BEHAVIORAL:
        return None
    is_one_version = all(len(group) == 1 for group in answer_outline.side_by_side(body))
    return chosen.speaking_minutes if is_one_version else None


def checked(body: str) -> str:
    """Return an answer as it is kept. Raises InvalidValue where it is too long."""
    text = texts.multiline(body)
    return texts.bounded(text, MAX_ANSWER, "an answer holds")
