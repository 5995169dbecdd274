"""Reading questions, phases and articles back out of the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from prep.content.sites.index import ARTICLE_FOLDERS, article_folder
from prep.content.sites.markdown_folder import article_permalink
from prep.content.sites.sources import OWN
from prep.errors import UnknownArticle, UnknownQuestion

Row = dict[str, Any]

OUTSIDE_SEQUENCE = "Outside the suggested sequence"

# How questions stand in lists: both sheets in their own order.
SHEET_ORDER = "sheet DESC, position"

_EXPORTED = (
    "id",
    "sheet",
    "number",
    "section",
    "category_position",
    "label",
    "title",
    "notes",
    "level",
    "difficulty",
    "signal",
    "article_status",
    "article_url",
    "phase",
    "status",
    "started_on",
    "drafted_on",
    "done_on",
    "confidence",
    "starred",
)

_MOST_WORDS = 50  # of a text to find; more is left aside

# Filters of `find`: the column each compares with the values given.
_FILTERS = {
    "id": "id",
    "sheet": "sheet",
    "category": "sheet || ':' || category_position",
    "status": "status",
    "level": "level",
    "difficulty": "difficulty",
    "phase": "sheet || ':' || coalesce(phase_position, 'outside')",
    "article": "article_status",
    "starred": "starred",
}


def export_rows(db: Database) -> list[Row]:
    """Return every question as `python -m prep questions --json` prints it; `phase` a number."""
    rows = db.query(f"SELECT * FROM tracker WHERE NOT retired ORDER BY {SHEET_ORDER}")
    return [
        {name: row[name] for name in _EXPORTED}
        | {"phase": row["phase_position"], "starred": bool(row["starred"])}
        for row in rows
    ]


def find(
    db: Database,
    filters: Mapping[str, Sequence[Any]],
    text: str = "",
    limit: int = -1,
    offset: int = 0,
) -> list[Row]:
    """Return the questions that match, in the sheets' order: all, or `limit` after `offset`.

    `filters` maps a name of `id`, `sheet`, `category` and `phase` (`system-design:3`,
    `behavioral:outside`), `status`, `level`, `difficulty`, `article`, `starred` to the values
    allowed; an empty list allows all. `text` is looked for word by word, as it is typed.
    """
    where, parameters = _matching(filters, text)
    return list(
        db.query(
            f"SELECT * FROM tracker WHERE {where} ORDER BY {SHEET_ORDER} LIMIT ? OFFSET ?",
            [*parameters, limit, offset],
        )
    )


def count(db: Database, filters: Mapping[str, Sequence[Any]], text: str = "") -> tuple[int, int]:
    """Return how many questions match, as in `find`, and how many of those are done."""
    where, parameters = _matching(filters, text)
    # With a limit the inner query stands by itself, and what it does not ask for is not joined.
    return db.execute(
        "SELECT count(*), coalesce(sum(status = 'done'), 0)"
        f" FROM (SELECT status FROM tracker WHERE {where} LIMIT -1)",
        parameters,
    ).fetchone()


def near(db: Database, row: Row, each_way: int) -> list[Row]:
    """Return the questions of a question's category on either side of it, in the sheet's order."""
    return [
        other
        for compares, order in (("<", "DESC"), (">", "ASC"))
        for other in sorted(
            db.query(
                "SELECT * FROM tracker WHERE sheet = :sheet AND NOT retired"
                " AND category_position = :category_position"
                f" AND position {compares} :position ORDER BY position {order} LIMIT :each_way",
                {**row, "each_way": each_way},
            ),
            key=itemgetter("position"),
        )
    ]


_TEXT = (
    "tracker.id || ' ' || title || ' ' || coalesce(notes, '') || ' ' || coalesce(label, '')"
    " || ' ' || section || ' ' || personal_notes"
)


def _matching(filters: Mapping[str, Sequence[Any]], text: str) -> tuple[str, list[str]]:
    """Return the condition that `find` puts, and its parameters."""
    conditions, parameters = ["NOT retired"], []
    for name, values in filters.items():
        if values:
            conditions.append(f"{_FILTERS[name]} IN (SELECT value FROM json_each(?))")
            parameters.append(json.dumps(list(values)))
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # SQLite needs that
    words = dict.fromkeys(whole.lower().split()[:_MOST_WORDS])
    for word in sorted(words, key=len, reverse=True):  # the longest leaves the fewest for the rest
        conditions.append(f"instr(lower({_TEXT}), ?)")
        parameters.append(word)
    return " AND ".join(conditions), parameters


def get(db: Database, question_id: str) -> Row:
    """Return one question with its progress. Raises UnknownQuestion."""
    row = next(db.query("SELECT * FROM tracker WHERE id = ?", [question_id]), None)
    if row is None:
        raise UnknownQuestion(f"there is no question {question_id!r}: ids look like SD-001 or L-01")
    return row


def titles(db: Database, ids: Collection[str]) -> dict[str, str]:
    """Return the title of each of the ids that is a question's."""
    marks = ", ".join("?" * len(ids))
    return dict(db.execute(f"SELECT id, title FROM question WHERE id IN ({marks})", list(ids)))


def categories(db: Database, sheet: str | None = None) -> list[Row]:
    """Return `sheet`, `position`, `title`, `signal` of the categories, in the sheets' order.

    One that a sheet has dropped, and that holds nothing but retired questions, is left out.
    """
    return list(
        db.query(
            "SELECT sheet, position, title, signal FROM category c"
            " WHERE sheet = coalesce(?, sheet) AND EXISTS (SELECT 1 FROM question q"
            " WHERE q.sheet = c.sheet AND q.category_position = c.position AND NOT q.retired)"
            f" ORDER BY {SHEET_ORDER}",
            [sheet],
        )
    )


def phases(db: Database) -> list[Row]:
    """Return the phases of both sheets, each with its `question_ids`, as `phase_titles`."""
    ids: dict[tuple[str, int | None], list[str]] = {}
    for sheet, phase, question_id in db.execute(
        f"SELECT sheet, phase_position, id FROM question WHERE NOT retired ORDER BY {SHEET_ORDER}"
    ):
        ids.setdefault((sheet, phase), []).append(question_id)
    return [
        row | {"question_ids": ids.get((row["sheet"], row["first_week"] and row["position"]), [])}
        for row in phase_titles(db)
    ]


def phase_titles(db: Database) -> list[Row]:
    """Return the phases of both sheets: `sheet`, `position`, `title`, weeks, `advice`.

    The questions that a sequence leaves out follow its phases as one more, without weeks.
    """
    rows = list(
        db.query(
            "SELECT sheet, position, title, first_week, last_week, advice FROM phase"
            f" ORDER BY {SHEET_ORDER}"
        )
    )
    outside = db.execute(
        "SELECT DISTINCT sheet FROM question WHERE phase_position IS NULL AND NOT retired"
    )
    for sheet in sorted(sheet for (sheet,) in outside):
        last = max((i for i, row in enumerate(rows) if row["sheet"] == sheet), default=-1)
        rows.insert(
            last + 1,
            {
                "sheet": sheet,
                "position": rows[last]["position"] + 1 if last >= 0 else 1,
                "title": OUTSIDE_SEQUENCE,
                "first_week": None,
                "last_week": None,
                "advice": None,
            },
        )
    return rows


def sheet_notes(db: Database) -> list[Row]:
    """Return `slug`, `title`, `last_updated`, `pace_notes` (a list of sentences) of each sheet."""
    rows = db.query("SELECT slug, title, last_updated, pace_notes FROM sheet ORDER BY position")
    return [row | {"pace_notes": row["pace_notes"].split("\n")} for row in rows]


def articles(db: Database) -> list[Row]:
    """Return every article without its body, newest first, with `read_on` and `question_id`."""
    return list(
        db.query(
            "SELECT a.permalink, a.site, a.title, a.section, a.published_on, a.summary,"
            " a.words, a.minutes, r.read_on, r.last_heading, min(q.id) AS question_id"
            " FROM article a LEFT JOIN reading r USING (permalink)"
            " LEFT JOIN question q ON q.article_url = rtrim(a.permalink, '/')"
            " WHERE NOT a.retired GROUP BY a.permalink"
            " ORDER BY a.published_on DESC, a.title"
        )
    )


def article(db: Database, permalink: str) -> Row:
    """Return one article with its body and reading state. Raises UnknownArticle."""
    row = next(
        db.query(
            "SELECT a.*, r.read_on, r.last_anchor, r.last_heading,"
            " coalesce(r.seconds, 0) AS seconds FROM article a"
            " LEFT JOIN reading r USING (permalink) WHERE a.permalink IN (?, ?)"
            " ORDER BY a.permalink <> ?",
            [permalink, article_permalink(permalink), permalink],
        ),
        None,
    )
    if row is None:
        raise UnknownArticle(
            f"there is no article {permalink!r}: `python -m prep articles` lists them"
        )
    return row


def question_of_article(db: Database, permalink: str) -> Row | None:
    """Return the question that an article answers, None where it answers none."""
    return next(
        db.query(
            "SELECT * FROM tracker WHERE article_url = ? AND NOT retired", [permalink.rstrip("/")]
        ),
        None,
    )


def article_shelf(row: Row) -> str:
    """Return the title under which an article stands in the library: its folder's or its site's."""
    folder = article_folder(row["permalink"])
    if folder:
        return ARTICLE_FOLDERS[folder]
    return "Your own articles" if row["site"] == OWN else row["site"]


def neighbours(db: Database, permalink: str) -> tuple[Row | None, Row | None]:
    """Return the articles before and after one on its shelf, as `articles` orders them."""
    every = articles(db)
    shelf = next(article_shelf(row) for row in every if row["permalink"] == permalink)
    inside = [row for row in every if article_shelf(row) == shelf]
    place = next(i for i, row in enumerate(inside) if row["permalink"] == permalink)
    before = inside[place - 1] if place > 0 else None
    return before, inside[place + 1] if place + 1 < len(inside) else None
