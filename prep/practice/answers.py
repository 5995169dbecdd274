"""The person's own answers: one a question, in Markdown, every saved version kept."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.content.questions import Question
from prep.content.sites import markdown_folder
from prep.errors import InvalidValue
from prep.markdown import outline
from prep.progress import settings
from prep.progress.tracker import Tracker
from prep.store import change_log
from prep.store.change_log import Edit
from prep.store.database import writing

SPOKEN_WORDS_A_MINUTE = 130
MAX_ANSWER = 100_000  # characters
DRAFT = "answer_draft"  # what a conflict calls it
PARTS, STAR = "as the articles", "bare STAR"
LEVEL_TITLES = {"EM": "Engineering manager", "DIR": "Director"}

_NUMBER = re.compile(r"^\d+\.\s+")
_PART = re.compile(r"^S([1-9])\b")
_STAR_WORD = re.compile(r"^\*\*([A-Z]{4,})\b", re.MULTILINE)
_SECTION_OF_SHEET = {SYSTEM_DESIGN: "system-design", BEHAVIORAL: "behavioral"}


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

    The first that is not empty takes a question that was not begun, or in progress, to drafted,
    in the same change. A draft is dropped. Raises UnknownQuestion, InvalidValue.
    """
    text = checked(body)
    with writing(db):
        before = {question_id: {"body": get(db, question_id)}}
        edits = [Edit("answer", before, {question_id: {"body": text}})]
        tracker = Tracker(db, clock)
        if begins(tracker.state(question_id)["status"], text):
            edits.append(tracker.prepared({question_id: {"status": "drafted"}}))
        db.execute("DELETE FROM answer_draft WHERE question_id = ?", [question_id])
        return change_log.write_together(db, clock, edits) > 0


def begins(status: str, text: str) -> bool:
    """Whether saving this answer takes a question of this status to drafted."""
    return bool(text) and status in ("todo", "in_progress")


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
        change_log.refuse_stale(DRAFT, question_id, typed(db, question_id), seen, text)
        if text == get(db, question_id):
            drop_draft(db, question_id)
            return
        if draft(db, question_id) is None:
            drop_draft(db, question_id)  # one that is saved by now: this begins another
        db.execute(
            "INSERT INTO answer_draft (question_id, body, at, version) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (question_id) DO UPDATE SET body = excluded.body, at = excluded.at",
            [question_id, text, clock.now().isoformat(), change_log.version_seen(db)],
        )


def save_draft(db: Database, clock: Clock, question_id: str, seen: str) -> None:
    """Save what was typed, as a revision. Where there is no draft, it is saved already.

    Raises ChangedElsewhere where what was typed is not what was seen, or another text was saved
    elsewhere since the draft was begun.
    """
    with writing(db):
        change_log.refuse_stale(DRAFT, question_id, typed(db, question_id), seen, seen)
        row = db.execute(
            "SELECT body, version FROM answer_draft WHERE question_id = ?", [question_id]
        ).fetchone()
        if row is None:
            return
        text, version = row
        with change_log.hidden_since({} if version is None else {"body": version}):
            save(db, clock, question_id, text)


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
    changes = change_log.changes(
        db, subject="answer", subject_id=question_id, field="body", limit=10_000
    )
    return [Revision(change.change_id, change.at, change.new) for change in changes]


def difference(old: str, new: str) -> str:
    """Return what changed from one version to another, as a unified diff."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=2)
    return "\n".join(list(lines)[2:])


def speaking_minutes(body: str) -> float:
    """Return how long the answer takes to speak, in minutes."""
    return markdown_folder.count_words(body) / SPOKEN_WORDS_A_MINUTE


def parts(db: Database, sheet: str) -> list[str]:
    """Return the sections that the site's articles on a sheet share, in their order.

    Of the behavioral articles those are S1 to S9: what follows is a summary of them.
    """
    titles = [_part_titles(body, sheet) for body in _bodies(db, sheet)]
    return _shared(titles)


def star_words(db: Database) -> list[str]:
    """Return Situation, Task, Action, Result as the behavioral articles break an answer down."""
    found = [_STAR_WORD.findall(body) for body in _bodies(db, BEHAVIORAL)]
    return [word.capitalize() for word in _shared([words for words in found if words])]


def template(db: Database, question: Question, kind: str = PARTS) -> str:
    """Return the outline that a new answer starts from.

    `kind` is PARTS or, for a behavioral question, STAR. Of a behavioral question, the version for
    each level that it is asked of and that the person aims at.
    """
    if question.sheet != BEHAVIORAL:
        return _outlined(parts(db, question.sheet), 2)
    levels = _levels(question.level, settings.load(db).level)
    if kind == PARTS:
        titles = parts(db, BEHAVIORAL)
        return _outlined([title for title in titles if _level_named(title) in (None, *levels)], 2)
    words = star_words(db)
    if len(levels) == 1:
        return _outlined(words, 2)
    return "\n".join(f"## {LEVEL_TITLES[name]}\n\n{_outlined(words, 3)}" for name in levels)


def side_by_side(body: str) -> list[list[str]]:
    """Return an answer's Markdown in its order, cut into what stands above one another.

    Each part holds one text, or two where a section for the one level follows that for the other.
    """
    groups: list[dict[str | None, str]] = []
    for section in outline.sections(body):
        level = _level_named(section.heading.text) if section.heading else None
        last = groups[-1] if groups else {}
        if last and level is None and None in last:
            last[None] += f"\n{section.markdown}"
        elif level is not None and len(last) == 1 and not {None, level} & set(last):
            last[level] = section.markdown
        else:
            groups.append({level: section.markdown})
    if all(len(group) == 1 for group in groups):
        return [[body]]
    return [list(group.values()) for group in groups]


def checked(body: str) -> str:
    """Return an answer as it is kept. Raises InvalidValue where it is too long."""
    text = body.replace("\0", "").replace("\r\n", "\n")
    if len(text) > MAX_ANSWER:
        raise InvalidValue(
            f"an answer holds at most {MAX_ANSWER:,} characters, this one has {len(text):,}"
        )
    return text


def _bodies(db: Database, sheet: str) -> list[str]:
    rows = db.execute(
        "SELECT a.body FROM article a JOIN question q ON q.article_url || '/' = a.permalink"
        " WHERE q.sheet = ? AND NOT a.retired AND NOT q.retired ORDER BY q.position",
        [sheet],
    )
    return [body for (body,) in rows]


def _part_titles(body: str, sheet: str) -> list[str]:
    titles = [s.heading.text for s in outline.sections(body) if s.heading]
    if sheet == BEHAVIORAL:
        return [title for title in titles if _PART.match(title)]
    return [_NUMBER.sub("", title) for title in titles]


def _shared(lists: Iterable[list[str]]) -> list[str]:
    """Return what at least half of the lists hold, in the order of the first that has it all."""
    every = [list(dict.fromkeys(titles)) for titles in lists]
    counts = Counter(title for titles in every for title in titles)
    common = [title for title, count in counts.items() if 2 * count >= len(every)]
    return next(
        (
            [title for title in titles if title in common]
            for titles in every
            if set(common) <= set(titles)
        ),
        common,
    )


def _levels(asked: str | None, aimed: str) -> list[str]:
    """Return the levels to write for: those asked for and aimed at, else those asked for."""
    wanted = (asked or aimed).split("+")
    return [level for level in wanted if level in aimed.split("+")] or wanted


def _level_named(title: str) -> str | None:
    """Return the level that a heading names, None where it names none or both."""
    named = [level for level, words in LEVEL_TITLES.items() if words.lower() in title.lower()]
    return named[0] if len(named) == 1 else None


def _outlined(titles: Iterable[str], level: int) -> str:
    return "".join(f"{'#' * level} {title}\n\n\n" for title in titles)
