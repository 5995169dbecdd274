"""Which questions of this database a file means.

Where the sheets were numbered anew since it was exported, an id means another question. What tells
is the title, whose digest an export has: it was not edited where it still has that digest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from sqlite_utils import Database

from prep.content import matching, questions
from prep.errors import ExportFormatError, UnknownQuestion
from prep.exchange.three_way import digest

_NAMED = 8


def find(
    db: Database, ids: Collection[str], titles: Mapping[str, str], digests: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Return the id that each question of a file has here, and warnings on those that are not here.

    Of a question without a digest the id alone counts. Raises UnknownQuestion where none is here,
    ExportFormatError where two mean the same one.
    """
    here = dict(db.execute(f"SELECT id, title FROM question WHERE {questions.IS_THERE}").fetchall())
    found = matching.match(_exported(here, titles, digests), here, rewords=False)
    others = [name for name in ids if name in found.replaced]
    unknown = [name for name in ids if name not in found.moved and name not in here]
    names = {name: found.moved.get(name, name) for name in ids if name not in {*others, *unknown}}
    if ids and not names:
        raise UnknownQuestion(next(iter(ids)))
    twice = next((name for name, n in Counter(names.values()).items() if n > 1), None)
    if twice:
        raise ExportFormatError(f"two of its questions are {twice} here: remove one")
    warnings = []
    if unknown:
        warnings.append(f"{_named(unknown)}: no such question here, left aside")
    if others:
        warnings.append(f"{_named(others)}: another question here by its title, left aside")
    return names, warnings


def _exported(
    here: Mapping[str, str], titles: Mapping[str, str], digests: Mapping[str, str]
) -> dict[str, str]:
    """Return the titles that questions were exported with, as far as they can be known."""
    by_digest = {digest(title): title for title in here.values()}
    return {
        name: title
        for name, known_as in digests.items()
        if (title := _unedited(titles.get(name, ""), known_as) or by_digest.get(known_as))
    }


def _unedited(title: str, known_as: str) -> str | None:
    return title if digest(title) == known_as else None


def _named(ids: Collection[str]) -> str:
    shown = [name[:40] for name in ids][:_NAMED]
    return ", ".join(shown) + (f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else "")
