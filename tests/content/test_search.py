import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.content import search
from prep.progress import reading
from prep.store.database import writing

SHORTENER = "/system-design/classic/url-shortener/"


def ids(db, query, count=3):
    return [hit.id for hit in search.search(db, query).hits[:count]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("G1 ZGC", "/posts/java/jvm-gc-evolution/"),
        ("hashing consistent", "SD-078"),
        ("idempotency retry", "/posts/system-design-basics/reliability-resilience/"),
        ("design a url shortener", SHORTENER),
        ("conflict stakeholder", "C-02"),
        (
            "circuit breaker pattern resilience",
            "/posts/system-design-basics/reliability-resilience/",
        ),
        ("kafka vs rabbit", "/posts/system-design-basics/messaging-event-driven/"),
        ("l-07", "L-07"),
        ("SD-078", "SD-078"),
        ("shorten", SHORTENER),
        ("Netflix", "/system-design/classic/netflix-video-streaming/"),
    ],
)
def test_words_in_any_order_and_unfinished_find_what_is_meant(db, query, expected):
    assert expected in ids(db, query)


def test_every_article_is_first_for_its_own_title(db):
    titles = dict(db.execute("SELECT permalink, title FROM article").fetchall())
    for permalink, title in titles.items():
        articles = [hit.id for hit in search.search(db, title).hits if hit.kind == "article"]
        assert articles[0] == permalink


@pytest.mark.parametrize(
    ("query", "corrected"),
    [
        ("idempotancy", "idempotency"),
        ("kafak", "kafka"),
        ("consistant hashing", "consistent hashing"),
        ("partitoning", "partitioning"),
    ],
)
def test_one_wrong_letter_is_corrected_openly(db, query, corrected):
    result = search.search(db, query)
    assert result.corrected == corrected
    assert result.hits


@pytest.mark.parametrize("query", ["idempotency", "charging a customer", "kafka", "retr"])
def test_a_right_word_is_not_corrected(db, query):
    assert search.search(db, query).corrected is None


def test_a_question_in_plain_language_finds_by_any_word(db):
    assert search.search(db, "how do I avoid charging a customer twice").hits


def test_a_hit_leads_to_its_section(db):
    hit = search.search(db, "ZGC generational").hits[0]
    assert hit.kind == "article" and hit.anchor and hit.section_heading
    assert search.MATCH_START in hit.snippet
    assert search.MATCH_START not in search.without_marks(hit).snippet


def test_notes_are_found_once_written_and_not_once_gone(db, tracker, clock):
    tracker.edit({"L-09": {"personal_notes": "the Lisbon story"}})
    reading.note_section(db, clock, SHORTENER, "1-hook", "remember the Porto example")
    assert [(hit.kind, hit.id) for hit in search.search(db, "lisbon").hits] == [("note", "L-09")]
    hit = search.search(db, "porto").hits[0]
    assert (hit.kind, hit.id, hit.anchor) == ("note", SHORTENER, "1-hook")
    tracker.edit({"L-09": {"personal_notes": ""}})
    assert search.search(db, "lisbon").hits == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        "'",
        "a/b",
        "C++",
        "-x",
        "#",
        "*",
        "AND",
        "NOT x",
        "(",
        "NEAR(a b)",
        "a:b",
        "%",
        "x" * 5000,
        "\x00",
        "title:kafka",
        "日本",
        "‮",
    ],
)
def test_no_text_is_an_error(db, query):
    search.search(db, query)


@settings(max_examples=200)
@given(query=st.text(max_size=60))
def test_no_text_at_all_is_an_error(db, query):
    assert len(search.search(db, query, limit=5).hits) <= 5


def test_two_headings_alike_are_one_place(db):
    body = "## Notes\n\nzymurgy first\n\n## Notes\n\nxylophone second\n\n## 中文\n\nopening\n"
    db.table("article").update("/posts/java/jvm-gc-evolution/", {"body": body})
    with writing(db):
        search.index_content(db)
    assert search.search(db, "xylophone").hits[0].anchor == "notes"


@pytest.mark.parametrize("query", ["team", "l-07", "product roadmap", "resist"])
def test_of_one_sheet_come_its_questions_alone_as_they_rank_among_all(db, query):
    everything = [hit.id for hit in search.search(db, query, 2000).hits if hit.kind == "question"]
    of_sheet = dict(db.execute("SELECT id, sheet FROM question").fetchall())
    behavioral = [one for one in everything if of_sheet[one] == "behavioral"]
    hits = search.search(db, query, 5, "behavioral").hits
    assert [hit.id for hit in hits] == behavioral[:5]
    assert hits
