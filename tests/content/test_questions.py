import pytest

from prep.content import questions
from prep.errors import UnknownArticle, UnknownQuestion


def ids(rows):
    return [row["id"] for row in rows]


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
        "section": "Classic “Design X” Questions",
        "category_position": 1,
        "label": "Classic",
        "title": "URL Shortener (bit.ly)",
        "notes": "Base62, hash collisions, redirect latency",
        "level": None,
        "difficulty": None,
        "signal": None,
        "article_status": "published",
        "article_url": "/system-design/classic/url-shortener",
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


def test_phases_end_with_the_questions_outside(db):
    rows = questions.phases(db)
    assert [row["position"] for row in rows] == [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7]
    outside = rows[-1]
    assert (outside["first_week"], outside["last_week"]) == (None, None)
    assert outside["question_ids"] == [f"M-{n:02d}" for n in range(1, 9)]
    assert sum(len(row["question_ids"]) for row in rows) == 291


def test_articles_know_their_question_and_date(db):
    rows = {row["permalink"]: row for row in questions.articles(db)}
    assert len(rows) == 39
    shortener = rows["/system-design/classic/url-shortener/"]
    assert (shortener["question_id"], shortener["published_on"]) == ("SD-001", "2026-04-18")
    assert rows["/posts/java/jvm-gc-evolution/"]["question_id"] is None
    assert all(row["minutes"] >= 1 and row["words"] > 100 for row in rows.values())


def test_an_article_is_found_with_or_without_its_last_slash(db):
    permalink = "/system-design/classic/url-shortener"
    assert questions.article(db, permalink)["title"] == "URL Shortener (bit.ly)"
    assert questions.article(db, permalink + "/")["title"] == "URL Shortener (bit.ly)"
    assert questions.question_of_article(db, permalink + "/")["id"] == "SD-001"


def test_what_does_not_exist_is_named(db):
    with pytest.raises(UnknownQuestion, match="'L-99'"):
        questions.get(db, "L-99")
    with pytest.raises(UnknownArticle, match="'/nowhere/'"):
        questions.article(db, "/nowhere/")
