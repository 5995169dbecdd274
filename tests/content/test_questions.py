from datetime import date

import pytest

from prep.content import questions
from prep.errors import UnknownQuestion


def ids(found):
    return [question.id for question in found]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 291),
        ({"sheet": ["behavioral"]}, 171),
        ({"sheet": []}, 291),
        ({"category": ["system-design:2", "behavioral:1"]}, 26),
        ({"level": ["DIR"]}, 30),
        ({"difficulty": ["Low", "Medium"]}, 69),
        ({"level": ["DIR"], "difficulty": ["High"]}, 26),
        ({"article": ["published"]}, 17),
        ({"phase": ["behavioral:outside"]}, 8),
        ({"phase": ["system-design:7"]}, 32),
        ({"status": ["done"]}, 0),
    ],
)
def test_filters(db, filters, count):
    assert len(questions.find(db, filters)) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kafka queue", ["SD-018"]),
        ("QUEUE KAFKA", ["SD-018"]),
        ("l-07", ["L-07"]),
        ("100%", []),
        ("_", []),
        ("' OR 1=1 --", []),
    ],
)
def test_text_is_looked_for_word_by_word_as_typed(db, text, expected):
    assert ids(questions.find(db, {}, text)) == expected


def test_own_notes_are_searched_too(db, tracker):
    tracker.edit({"L-09": {"personal_notes": "the Lisbon story"}})
    assert ids(questions.find(db, {}, "lisbon")) == ["L-09"]


def test_export_has_all_rows_and_nulls_where_a_sheet_has_no_such_field(db):
    rows = {row["id"]: row for row in questions.export_rows(db)}
    assert len(rows) == 291
    assert rows["SD-001"] == {
        "id": "SD-001",
        "sheet": "system-design",
        "number": 1,
        "category": "Classic “Design X” Questions",
        "category_position": 1,
        "label": "Classic",
        "title": "URL Shortener (bit.ly)",
        "notes": "Base62, hash collisions, redirect latency",
        "level": None,
        "difficulty": None,
        "signal": None,
        "article_status": "published",
        "permalink": "/system-design/classic/url-shortener/",
        "phase": 1,
        "status": "todo",
        "started_on": None,
        "drafted_on": None,
        "done_on": None,
        "confidence": None,
        "starred": False,
    }
    assert rows["L-05"]["number"] is rows["L-05"]["notes"] is rows["L-05"]["label"] is None
    assert (rows["L-05"]["level"], rows["L-05"]["difficulty"]) == ("DIR", "High")
    assert [qid for qid, row in rows.items() if row["phase"] is None] == [
        f"M-{n:02d}" for n in range(1, 9)
    ]


def test_a_question_knows_its_days_and_its_article(db, tracker):
    tracker.edit({"SD-001": {"status": "done", "starred": True, "confidence": 4}})
    question = questions.get(db, "SD-001")
    assert (question.done_on, question.moved_to) == (date(2026, 11, 23), None)
    assert (question.starred, question.confidence, question.own) == (True, 4, False)
    assert questions.of_article(db, question.permalink) == question
    assert questions.of_article(db, "/posts/java/jvm-gc-evolution/") is None


def test_near_are_the_questions_of_the_category_in_their_order(db):
    found = ids(questions.near(db, questions.get(db, "L-03"), 2))
    assert found == ["L-01", "L-02", "L-04", "L-05"]
    assert ids(questions.near(db, questions.get(db, "L-01"), 2)) == ["L-02", "L-03"]


def test_what_does_not_exist_is_named(db):
    with pytest.raises(UnknownQuestion, match="'L-99'"):
        questions.get(db, "L-99")
