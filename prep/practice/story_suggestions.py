"""Which questions a story may answer, and which stories a question: by the words that they share.

What is suggested is put into a full-text index of its own, in memory, and ranked there as the
search ranks (`search.RANK`): a word weighs the less, the more of what can be suggested has it.
Everyday words are left aside, and one word alone decides nothing. Words are akin where the stem of
one begins with that of the other: to the search, `disagree` and `disagreement` are none of a kind.
Of a category come only its likeliest, so that ten suggestions are not ten of a kind.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlite_utils import Database

from prep.content import questions, search
from prep.content.models import BEHAVIORAL
from prep.content.questions import Question
from prep.content.search import MATCH_END, MATCH_START
from prep.practice import stories, story_coverage
from prep.practice.stories import PARTS, Story
from prep.store import cache

MOST = 10
FEWEST_SHARED = 2  # words
OF_A_CATEGORY = 3  # suggestions
SHORTEST_AKIN = 4  # letters of a stem that another begins with: `fail`, `failure`
TOKENIZER = "porter unicode61 remove_diacritics 2"  # that of the search's index

_MATCH = re.compile(f"{MATCH_START}([^{MATCH_START}{MATCH_END}]*+){MATCH_END}")

# Words of every story and of every question, whatever they are about.
_EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        "able above across act acted actually after afterwards again against ago all almost "
        "alone along already also although always am among another answer answered answers any "
        "anybody anyone anything apart around ask asked asking away back bad became because "
        "become been before beforehand began begin begun behind being below beside best better "
        "beyond big both bring brought call called came can cannot case cases change changed "
        "changes come couldn d day days describe didn doesn doing don done down during each "
        "earlier early easy either else end ended enough even ever every everybody everyone "
        "everything example except far few fewer find first five found four full further gave "
        "get give given go goes going gone good got great half happen happened happens having "
        "he held help helped her here hers herself high him himself his hold however idea "
        "important instead involve itself just kept kind knew know known large last late later "
        "latter lead least left less let like little ll long longer look looked lot low m made "
        "makes making many matter may maybe mean means meant might mine month months more most "
        "much must myself name named near need needed needs neither never new next no nobody "
        "none nor not nothing now number off often old once one ones only onto open order "
        "other others otherwise ours out over own part people perhaps person place point "
        "possible put quarter question questions quite rather re real really right run s said "
        "same saw say saying says second see seen set several shall she show showed since sit "
        "situation six small some somebody someone something sometimes soon start started stay "
        "stayed still stood stop stopped such sure t take taken taking talk theirs themselves "
        "then therefore these thing things think third those though thought three through thus "
        "till times today together told too took toward towards tried true try turn turned "
        "twice two under unless until up upon us ve very want wanted way week weeks well went "
        "whatever whenever whether while whole whom whose within won word words work worked "
        "works write written wrote year years yes yet yours yourself",
    )
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question for a story, or a story for a question; `words` are those that the two share."""

    id: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """What a suggestion is found by. Of a `kind` come only the likeliest, where it is no None."""

    id: str
    kind: str | None
    title: str
    heading: str
    body: str

    @property
    def joined(self) -> str:
        return f"{self.title} {self.heading} {self.body}"


@cache.kept
def questions_for(db: Database, story_id: str) -> list[Suggestion]:
    """Return the likeliest questions that a story does not answer yet, at most MOST.

    Raises UnknownStory.
    """
    story = stories.get(db, story_id)
    answered = {link.question_id for link in stories.links(db) if link.story_id == story_id}
    texts = [_of_question(one) for one in story_coverage.asked(db) if one.id not in answered]
    return _likeliest(texts, _of_story(story).joined)


@cache.kept
def stories_for(db: Database, question_id: str) -> list[Suggestion]:
    """Return the likeliest stories that do not answer a question yet, at most MOST.

    There are none for a question that is not behavioral. Raises UnknownQuestion.
    """
    question = questions.get(db, question_id)
    if question.sheet != BEHAVIORAL:
        return []
    telling = {link.story_id for link in stories.links(db) if link.question_id == question_id}
    texts = [_of_story(one) for one in stories.list_stories(db) if one.id not in telling]
    return _likeliest(texts, _of_question(question).joined)


def _of_question(question: Question) -> _Text:
    body = " · ".join(text for text in (question.notes, question.signal) if text)
    return _Text(question.id, question.category, question.title, question.category, body)


def _of_story(story: Story) -> _Text:
    return _Text(story.id, None, story.title, "", _told(story))


def _told(story: Story) -> str:
    return "\n".join(getattr(story, part) for part in PARTS)


def _likeliest(texts: Sequence[_Text], asked: str) -> list[Suggestion]:
    found: list[Suggestion] = []
    kinds: Counter[str | None] = Counter()
    with closing(_indexed(texts)) as index:
        words = _common_words(index, texts, asked)
        for place, marked in _ranked(index, words) if words else ():
            text = texts[place]
            shared = _told_apart(index, _MATCH.findall(marked))
            if len(shared) < FEWEST_SHARED or (text.kind and kinds[text.kind] == OF_A_CATEGORY):
                continue
            kinds[text.kind] += 1
            found.append(Suggestion(text.id, text.title, shared))
            if len(found) == MOST:
                break
    return found


def _indexed(texts: Sequence[_Text]) -> sqlite3.Connection:
    """Return an index of the texts in memory, and beside it one of single words."""
    index = sqlite3.connect(":memory:")
    made = f"tokenize = '{TOKENIZER}'"
    index.execute(f"CREATE VIRTUAL TABLE text USING fts5(title, heading, body, {made})")
    index.execute(f"CREATE VIRTUAL TABLE word USING fts5(said, {made})")
    index.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(word, instance)")
    rows = ((place, one.title, one.heading, one.body) for place, one in enumerate(texts))
    index.executemany("INSERT INTO text (rowid, title, heading, body) VALUES (?, ?, ?, ?)", rows)
    return index


def _common_words(index: sqlite3.Connection, texts: Sequence[_Text], asked: str) -> list[str]:
    """Return words of the texts, one of each stem, that are akin to a word of `asked`."""
    everyday = set(_stems(index, [*_EVERYDAY, *search.STOP_WORDS]).values())
    told = {stem for stem in _stems(index, search.words(asked)).values() if _tells(stem)}
    told -= everyday
    beginnings = {beginning for stem in told for beginning in _beginnings(stem)}
    offered = sorted({word for one in texts for word in search.words(one.joined)})
    of_stem = {stem: word for word, stem in _stems(index, offered).items()}
    return [
        word
        for stem, word in of_stem.items()
        if stem not in everyday
        and (stem in told or stem in beginnings or not told.isdisjoint(_beginnings(stem)))
    ]


def _tells(stem: str) -> bool:
    return len(stem) > 1 and not any(letter.isdigit() for letter in stem)


def _stems(index: sqlite3.Connection, words: Sequence[str]) -> dict[str, str]:
    """Return the stem of each word, as the search has it."""
    index.execute("DELETE FROM word")
    index.executemany("INSERT INTO word (rowid, said) VALUES (?, ?)", enumerate(words))
    found = dict(index.execute("SELECT doc, term FROM stem").fetchall())
    return {word: found[place] for place, word in enumerate(words) if place in found}


def _beginnings(stem: str) -> list[str]:
    """Return what a stem begins with that may be a stem of its own: `disagr` of `disagree`."""
    return [stem[:end] for end in range(SHORTEST_AKIN, len(stem))]


def _ranked(index: sqlite3.Connection, words: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the place of each text that has any of the words, the best first, and it marked."""
    marks = f"'{MATCH_START}', '{MATCH_END}'"
    marked = " || ' ' || ".join(f"highlight(text, {column}, {marks})" for column in range(3))
    yield from index.execute(
        f"SELECT rowid, {marked} FROM text WHERE text MATCH ? AND rank MATCH ? ORDER BY rank",
        [" OR ".join(f'"{word}"' for word in words), search.RANK],
    )


def _told_apart(index: sqlite3.Connection, words: Sequence[str]) -> tuple[str, ...]:
    """Return the words in small letters, of those that are akin the first."""
    stems = _stems(index, list(dict.fromkeys(word.lower() for word in words)))
    kept: dict[str, str] = {}
    for word, stem in stems.items():
        if not any(stem in (one, *_beginnings(one)) or one in _beginnings(stem) for one in kept):
            kept[stem] = word
    return tuple(kept.values())
