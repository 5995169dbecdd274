"""Finds what another device's changes refer to among the sheets and articles of this database.

The other device may have imported another index: questions and categories are told by their
titles, articles by where they are. What is not here gets a row that is retired, so that what was
noted on it is kept, until an import brings it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from itertools import count
from zlib import crc32

from sqlite_utils import Database

from prep.content import matching
from prep.content.matching import Match
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.content.sites.index import SITE
from prep.errors import ExportFormatError

Place = tuple[str, str]  # a sheet and a position in it, both as JSON


def set_aside(key: str, title: str, taken: Collection[str]) -> str:
    """Return a free key for what cannot have `key`, since another has it: `SD-044-OLD1234`.

    The number is made of its title, so that it is the same on every device.
    """
    first = crc32(title.encode("utf-8", "replace")) % 10_000
    names = (f"{key.rstrip('/')}-OLD{first + n:04}{'/' * key.endswith('/')}" for n in count())
    return next(name for name in names if name not in taken)


def questions(db: Database, spoken_of: Mapping[str, str]) -> dict[str, str]:
    """Return the id that each question has here, by its id on the other device."""
    here = dict(db.execute("SELECT id, title FROM question WHERE NOT own").fetchall())
    found = matching.match(spoken_of, here, rewords=False)
    names = dict(found.moved)
    for key in _lost(spoken_of, here, found):
        names[key] = name = set_aside(key, spoken_of[key], here) if key in here else key
        here[name] = spoken_of[key]
        sheet = SYSTEM_DESIGN if key.startswith("SD-") else BEHAVIORAL
        db.execute(
            "INSERT INTO question (id, title, sheet, category_position, position, article_status,"
            " retired) VALUES (?, ?, ?, ?, 0, 'todo', 1)",
            [name, spoken_of[key], sheet, _first_category(db, sheet)],
        )
    return names


def articles(db: Database, spoken_of: Mapping[str, str]) -> dict[str, str]:
    """Return the permalink that each article has here, by its permalink on the other device."""
    here = dict(db.execute("SELECT permalink, title FROM article").fetchall())
    elsewhere = {link: title for link, title in spoken_of.items() if link not in here}
    names = matching.match(elsewhere, here, rewords=True).moved
    for permalink in elsewhere.keys() - names.keys():
        db.execute(
            "INSERT INTO article (permalink, title, site, section, body, words, minutes, retired)"
            " VALUES (?, ?, ?, '', '', 0, 0, 1)",
            [permalink, elsewhere[permalink], SITE],
        )
    return names


def categories(db: Database, spoken_of: Mapping[str, Mapping[int, str]]) -> dict[Place, str]:
    """Return the position that each category has here, all as JSON."""
    places: dict[Place, str] = {}
    for sheet, titles in spoken_of.items():
        rows = db.execute("SELECT position, title FROM category WHERE sheet = ?", [sheet])
        here = dict(rows.fetchall())
        found = matching.match(titles, here, rewords=True)
        moved = dict(found.moved)
        for position in _lost(titles, here, found):
            moved[position] = max(here, default=0) + 1
            here[moved[position]] = titles[position]
            db.execute(
                "INSERT INTO category (sheet, position, title) VALUES (?, ?, ?)",
                [sheet, moved[position], titles[position]],
            )
        places |= {(json.dumps(sheet), str(old)): str(new) for old, new in moved.items()}
    return places


def _lost(
    spoken_of: Mapping[matching.Key, str],
    here: Mapping[matching.Key, str],
    found: Match[matching.Key],
) -> list[matching.Key]:
    """Return what is missing here, under its own key and under any other."""
    return sorted(
        key
        for key in spoken_of
        if key in found.replaced or (key not in here and key not in found.moved)
    )


def _first_category(db: Database, sheet: str) -> int:
    first = db.execute("SELECT min(position) FROM category WHERE sheet = ?", [sheet]).fetchone()[0]
    if first is None:
        raise ExportFormatError(f"the sheet {sheet} is not here: import an index first")
    return int(first)
