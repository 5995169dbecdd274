"""Full-text search over questions, article sections and the person's own notes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal

from sqlite_utils import Database

from prep.markdown import outline, plain_text

# Marks of the match within a snippet; no text holds them.
MATCH_START, MATCH_END = "\x02", "\x03"

# By the weights of bm25, a hit in a title stands before one in a heading, before one in the text.
RANK = "bm25(12.0, 5.0, 1.0)"
_OF_SHEET = (
    "AND rowid IN (SELECT d.id FROM search_doc d JOIN question q ON q.id = d.ref"
    " WHERE d.kind = 'question' AND q.sheet = ?)"
)
Kind = Literal["question", "article", "note"]
_DOC = ("kind", "ref", "anchor", "title", "heading", "body")
_SNIPPET_WORDS = 18
_SHORTEST_TO_CORRECT = 4
_LONGEST_QUERY, _MOST_WORDS = 1000, 24  # what a person types; more is left aside

# Words that a question in plain language has and that tell nothing of what it is about.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a about an and are as at be between but by can could did do does for from get had has"
        " have how i if in into is it its keep make me my of on or our should so tell than that"
        " the their them there they this time to use used using was we were what when where which"
        " who why will with without would you your",
    )
)


@dataclass(frozen=True)
class Hit:
    """One place that matches. `kind` is `question`, `article` or `note`.

    `id` is a question's id or an article's permalink, `anchor` the section's, empty at the top.
    `snippet` has the match between MATCH_START and MATCH_END. A higher `score` fits better.
    """

    kind: Kind
    id: str
    title: str
    section_heading: str
    anchor: str
    snippet: str
    score: float


@dataclass(frozen=True)
class Result:
    """Hits, best first; `corrected` is the query that was run where a word was misspelt."""

    hits: list[Hit]
    corrected: str | None = None


def search(db: Database, query: str, limit: int = 12, sheet: str | None = None) -> Result:
    """Return the best hits for any text, at most one section an article.

    With a `sheet`, its questions alone are looked through. All words must occur, the last as the
    beginning of a word. Where nothing has them all, a word that occurs nowhere is replaced by the
    nearest one that does; failing that, any word will do.
    """
    typed = words(query[:_LONGEST_QUERY])
    asked = ([word for word in typed if word not in STOP_WORDS] or typed)[:_MOST_WORDS]
    if not asked:
        return Result([])
    hits = _find(db, asked, " AND ", limit, sheet)
    fixed = [_nearest_term(db, word) for word in asked]
    corrected = " ".join(fixed) if fixed != asked else None
    if corrected:
        hits = _find(db, fixed, " AND ", limit, sheet) or hits
    return Result(hits or _find(db, fixed, " OR ", limit, sheet), corrected)


def index_content(db: Database) -> None:
    """Index all questions and articles anew. Call it in the transaction that changed them."""
    db.execute("DELETE FROM search_doc WHERE kind <> 'note'")
    # As one statement: before each, SQLite writes out what its index holds in memory so far.
    values = ", ".join(f"value ->> '{name}'" for name in _DOC)
    db.execute(
        f"INSERT INTO search_doc ({', '.join(_DOC)}) SELECT {values} FROM json_each(?)",
        [json.dumps([*_question_docs(db), *_article_docs(db)])],
    )
    counts: Counter[str] = Counter()
    for texts in db.execute("SELECT title, heading, body FROM search_doc"):
        counts.update(words(" ".join(texts)))
    terms = [
        (word, count)
        for word, count in counts.items()
        if len(word) >= _SHORTEST_TO_CORRECT and not word.isdigit()
    ]
    db.execute("DELETE FROM search_term")
    db.conn.executemany("INSERT INTO search_term (term, count) VALUES (?, ?)", terms)


def words(text: str) -> list[str]:
    """Return the words of a text, in small letters and without accents."""
    return re.findall(r"\w+", _without_accents(text.lower()).replace("_", " "))


def _without_accents(text: str) -> str:
    return re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))


def _find(
    db: Database, asked: list[str], joined_by: str, limit: int, sheet: str | None
) -> list[Hit]:
    # Sorted by `rank` itself, only the rows that are kept have their snippets made.
    terms = [f'"{word}"' for word in asked[:-1]] + [f'"{asked[-1]}"*']
    rows = db.execute(
        "WITH hit AS ("
        " SELECT rowid AS id, -rank AS score,"
        " snippet(search_index, 2, ?, ?, '…', ?) AS snippet"
        " FROM search_index WHERE search_index MATCH ? AND rank MATCH ?"
        f" {'' if sheet is None else _OF_SHEET} ORDER BY rank LIMIT ?)"
        " SELECT d.kind, d.ref, d.title, d.heading, d.anchor, hit.snippet, hit.score"
        " FROM hit JOIN search_doc d USING (id) ORDER BY hit.score DESC",
        [
            *(MATCH_START, MATCH_END, _SNIPPET_WORDS, joined_by.join(terms), RANK),
            *([] if sheet is None else [sheet]),
            6 * limit,
        ],
    )
    hits: dict[tuple[str, str], Hit] = {}
    for row in rows:
        hit = Hit(*row)
        hits.setdefault((hit.kind, hit.id), hit)
    return list(hits.values())[:limit]


def _nearest_term(db: Database, word: str) -> str:
    """Return the word if it occurs, else the most frequent term at edit distance one.

    A word that finds something by its stem (`charging`, where only `charge` occurs) is misspelt
    only if the nearest term has that stem too: `idempotancy`, but never `changing`.
    """
    if len(word) < _SHORTEST_TO_CORRECT or _occurs(db, word):
        return word
    candidates = db.execute(
        "SELECT term FROM search_term WHERE length(term) BETWEEN ? AND ? ORDER BY count DESC",
        [len(word) - 1, len(word) + 1],
    )
    nearest = next((term for (term,) in candidates if _is_one_edit(word, term)), word)
    found = _matches(db, word)
    return nearest if not found or found == _matches(db, nearest) else word


def _matches(db: Database, word: str) -> list[int]:
    rows = db.execute(
        "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid", [f'"{word}"']
    )
    return [rowid for (rowid,) in rows]


def _occurs(db: Database, word: str) -> bool:
    """Whether a term of the index begins with the word."""
    after = word + "\U0010ffff"
    found = db.execute(
        "SELECT 1 FROM search_term WHERE term BETWEEN ? AND ? LIMIT 1", [word, after]
    )
    return found.fetchone() is not None


def _is_one_edit(first: str, second: str) -> bool:
    """Whether two words are at Damerau-Levenshtein distance one: a letter inserted, deleted,
    replaced, or swapped with its neighbour."""
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    one, other = first[start:], second[start:]
    if len(one) == len(other):
        swapped = other[1:2] + other[:1] + other[2:]
        return one[1:] == other[1:] or one == swapped
    return one[1:] == other or one == other[1:]


def _question_docs(db: Database) -> Iterable[dict[str, str]]:
    for row in db.query("SELECT * FROM tracker WHERE NOT retired"):
        details = (row["id"], row["notes"], row["label"], row["signal"])
        yield {
            "kind": "question",
            "ref": row["id"],
            "anchor": "",
            "title": row["title"],
            "heading": row["category"],
            "body": " · ".join(detail for detail in details if detail),
        }


def _article_docs(db: Database) -> Iterable[dict[str, str]]:
    for row in db.query("SELECT permalink, title, body FROM article WHERE NOT retired"):
        found: dict[str, dict[str, str]] = {}
        for heading, anchor, text in _passages(row["body"]):
            if anchor in found:  # two headings alike: an address leads to the first
                found[anchor]["body"] += f"\n{heading}\n{text}"
                continue
            found[anchor] = {
                "kind": "article",
                "ref": row["permalink"],
                "anchor": anchor,
                "title": row["title"],
                "heading": heading,
                "body": text,
            }
        yield from found.values()


def _passages(markdown: str) -> Iterable[tuple[str, str, str]]:
    """Cut an article into (heading, anchor, text) at every heading; the first may have none."""
    for passage in outline.passages(markdown):
        heading = passage.heading
        text = passage.markdown.partition("\n")[2] if heading else passage.markdown
        yield (
            heading.text if heading else "",
            heading.anchor if heading else "",
            unescape(plain_text.flatten(text)),
        )


def without_marks(hit: Hit) -> Hit:
    """Return the hit with its snippet as plain text."""
    plain = hit.snippet.replace(MATCH_START, "").replace(MATCH_END, "")
    return replace(hit, snippet=plain)
