"""Errors that carry one sentence for the person: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_LONGEST = 400
_TAIL = 120


class PrepError(Exception):
    """Base of every error that the person can act on.

    As text it is one line that any screen can show, however long or odd what it names.
    """

    def __str__(self) -> str:
        line = " ".join(super().__str__().split())
        if len(line) > _LONGEST:
            line = f"{line[: _LONGEST - _TAIL]} … {line[-_TAIL:]}"
        return "".join(sign if sign.isprintable() else _escaped(sign) for sign in line)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()


class IndexFormatError(PrepError):
    """A file is not a search index that Prep can read."""


class ArticleFormatError(PrepError):
    """A Markdown file is not an article that Prep can read."""


class UnknownQuestion(PrepError):
    """No question has this id, or none of one's own."""

    def __init__(self, question_id: str, *, is_own: bool = False) -> None:
        kind, ids = ("question of your own", "X-001") if is_own else ("question", "SD-001 or L-01")
        super().__init__(f"there is no {kind} {question_id!r}: ids look like {ids}")


class UnknownArticle(PrepError):
    """No article has this permalink."""


class InvalidStatus(PrepError):
    """A word that is not one of the four statuses."""


class InvalidDates(PrepError):
    """Dates out of order, in the future, or for a status not reached."""


class InvalidValue(PrepError):
    """A value that its field cannot hold."""


class DatabaseError(PrepError):
    """The database file cannot be opened or used."""


class DamagedDatabase(DatabaseError):
    """The database file is damaged, cut short or no database: a backup has to take its place."""


class UnknownSetting(PrepError):
    """No setting has this key."""


class InvalidSetting(PrepError):
    """A value that a setting cannot have, or settings that cannot stand together."""


class NoTimeToFit(PrepError):
    """There is no interview date, or no study day before it, to fit a plan to."""


class UnknownStory(PrepError):
    """No story has this id."""


class UnknownAttempt(PrepError):
    """No mock interview has this id, or it is over."""


class AttemptRefused(PrepError):
    """A step that a mock interview cannot take now."""


class ExportFormatError(PrepError):
    """A file is not an export that Prep can read, or it does not fit the sheets here."""


class AmbiguousDates(ExportFormatError):
    """A table's days can be read with the day or with the month first."""


class ConflictingEdits(PrepError):
    """What was edited in a file was changed here as well since it was exported.

    `conflicts` are the fields, each with both values.
    """

    def __init__(self, conflicts: Sequence[Any]) -> None:
        super().__init__(
            "changed in the file and here as well since it was exported:"
            f" {', '.join(f'{found.question_id} {found.field}' for found in conflicts[:8])}"
            f"{', …' if len(conflicts) > 8 else ''}: say --on-conflict file or --on-conflict here"
        )
        self.conflicts = list(conflicts)


class ChangedElsewhere(PrepError):
    """What is to be written was changed elsewhere since it was last seen.

    `fields` are what stands there now (`old`) against what was to be written (`new`); `write` is
    all that was to be written, these among it.
    """

    def __init__(self, fields: Sequence[Any], write: Sequence[Any] | None = None) -> None:
        super().__init__("it was changed elsewhere meanwhile: look at both, and choose")
        self.fields = list(fields)
        self.write = list(fields if write is None else write)


class NotAdmitted(PrepError):
    """Nobody who may enter is there: nothing is read or written."""


class NotSignedIn(NotAdmitted):
    """Nobody is signed in, or no longer."""


class NotAllowed(NotAdmitted):
    """Someone is signed in who may not enter."""


class InvalidSecrets(NotAdmitted):
    """The secrets do not say how to sign in: until they do, nobody enters."""
