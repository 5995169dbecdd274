"""What a person changed in an exported file, told from what changed here meanwhile.

An export carries a digest of each value that it holds. When the file comes back, a value that
still has its digest was not edited: it does not count where it has stood here before, however old
the file is. One that was edited is taken where what stands here still has the digest; where both
changed, it is a conflict. A database that is new to the file takes what it has nothing of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from prep.content.import_report import Conflict, Difference
from prep.markdown.files import ASCII, WINDOWS_1252
from prep.store import change_list
from prep.store.change_rows import Edit, alterations

MAX_CELL = 32_767  # UTF-16 units: what Excel cuts the text of a cell at
TITLE, ANSWER, NOTES = "title", "answer", "personal_notes"
_EVERY = 10_000  # changes of one field
_LONG, _ACCENTS, _UNICODE = ".long", ".accents", ".unicode"  # what is said of the value exported


@dataclass(frozen=True, slots=True)
class Edited:
    """A value in a file, and the digest it was exported with: None where the file has none."""

    value: Any
    base: str | None

    @property
    def was_long(self) -> bool:
        """Whether a spreadsheet would have cut the value that was exported."""
        return _LONG in (self.base or "")

    @property
    def is_as_exported(self) -> bool:
        """Whether the person left it alone; not known, and so false, without a digest."""
        return self.base == digest(self.value)

    def is_lost_in(self, encoding: str) -> bool:
        """Whether a file's encoding lacks characters of what was exported.

        Programs save question marks or look-alikes in their place; where nothing beyond ASCII is
        left of a text, question marks.
        """
        base, text = self.base or "", str(self.value)
        if self.is_as_exported or encoding not in (ASCII, WINDOWS_1252):
            return False
        if _UNICODE in base and encoding == WINDOWS_1252:
            return True
        return (_UNICODE in base or _ACCENTS in base) and text.isascii() and "?" in text


# Whether of a conflict, by question id and field, what the file says is taken.
Resolve = Callable[[str, str], bool]
# The values that a field has had here, by question id and field; none where it was never written.
Past = Callable[[str, str], Sequence[Any]]


@dataclass
class Settled:
    """What to write of a file: for each question the fields to take; and the conflicts."""

    taken: dict[str, dict[str, object]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def digest(value: Any) -> str:
    """Return a short digest of a value; the empty text for an empty value.

    How lines end makes no difference: programs rewrite that.
    """
    if value in (None, "", 0):
        return ""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    marks = _LONG if utf_16_units(text) >= MAX_CELL else ""
    if not text.isascii():
        marks += _ACCENTS if _is_windows_1252(text) else _UNICODE
    return "h" + hashlib.sha256(text.encode()).hexdigest()[:12] + marks


def utf_16_units(text: str) -> int:
    """Return the length of a text as spreadsheets count it: an emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def settle(
    edits: Mapping[str, Mapping[str, Edited]],
    here: Mapping[str, Mapping[str, Any]],
    past: Past,
    resolve: Resolve | None,
    titles: Mapping[str, str],
) -> Settled:
    """Return what to take of a file's `{question id: {field: value}}`, against what is `here`.

    `resolve` decides on conflicts; without it they are left as they are here. `titles` are those of
    the questions, by id.
    """
    settled = Settled()
    for question_id, fields in edits.items():
        for name, edited in fields.items():
            there = here[question_id][name]
            if edited.value == there or _is_outdated(edited, past, question_id, name):
                continue
            if _is_conflict(edited, there, past, question_id, name):
                is_taken = resolve and resolve(question_id, name)
                settled.conflicts.append(
                    Conflict(question_id, titles[question_id], name, there, edited.value, is_taken)
                )
                if not is_taken:
                    continue
            settled.taken.setdefault(question_id, {})[name] = edited.value
    return settled


def _is_outdated(edited: Edited, past: Past, question_id: str, name: str) -> bool:
    """Whether a value was not edited, and was the value here once."""
    if not edited.is_as_exported:
        return False
    return not edited.base or edited.base in map(digest, past(question_id, name))


def _is_conflict(edited: Edited, there: Any, past: Past, question_id: str, name: str) -> bool:
    is_known = edited.base is not None and edited.base != digest(there)
    return is_known and bool(past(question_id, name))


def past_values(db: Database, question_id: str, name: str) -> list[Any]:
    """Return every value that a field or answer has had here; none where it was never written."""
    subject, field_name = ("answer", "body") if name == ANSWER else ("question", name)
    changes = change_list.changes(
        db, subject=subject, subject_id=question_id, field=field_name, limit=_EVERY
    )
    return [value for change in changes for value in (change.old, change.new)]


def differences(db: Database, edits: Iterable[Edit], titles: Mapping[str, str]) -> list[Difference]:
    """Return which fields of which questions edits that are yet to be written change."""
    changes: dict[str, dict[str, tuple[Any, Any]]] = {}
    for one in (one for edit in edits for one in alterations(db, edit)):
        for name, value in one.after.items():
            if value != one.before[name]:
                column = ANSWER if name == "body" else name
                changes.setdefault(one.subject_id, {})[column] = (one.before[name], value)
    return [
        Difference("question", question_id, titles[question_id], "changed", fields=fields)
        for question_id, fields in changes.items()
    ]


def _is_windows_1252(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
