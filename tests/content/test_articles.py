import pytest

from prep.content import articles
from prep.errors import UnknownArticle
from prep.progress import reading

SHORTENER = "/system-design/classic/url-shortener/"


def test_articles_know_their_question_and_date(db):
    found = {article.permalink: article for article in articles.list_articles(db)}
    assert len(found) == 39
    assert (found[SHORTENER].question_id, found[SHORTENER].published_on) == ("SD-001", "2026-04-18")
    assert found["/posts/java/jvm-gc-evolution/"].question_id is None
    assert all(article.minutes >= 1 and article.words > 100 for article in found.values())


def test_an_article_is_found_with_or_without_its_last_slash(db):
    assert articles.get(db, SHORTENER).title == "URL Shortener (bit.ly)"
    assert articles.get(db, SHORTENER.rstrip("/")) == articles.get(db, SHORTENER)


def test_an_article_knows_where_one_stopped_and_how_long_one_read(db):
    assert (articles.get(db, SHORTENER).seconds, articles.get(db, SHORTENER).last_anchor) == (
        0,
        None,
    )
    reading.keep_place(db, SHORTENER, "5-deep-dive", "5. Deep Dive")
    reading.add_seconds(db, SHORTENER, 30)
    found = articles.get(db, SHORTENER)
    assert (found.seconds, found.last_anchor, found.last_heading) == (
        30,
        "5-deep-dive",
        "5. Deep Dive",
    )


def test_neighbours_stand_on_the_same_shelf(db):
    shelf = [entry for entry in articles.list_articles(db) if entry.shelf == "System design basics"]
    for before, here, after in zip([None, *shelf], shelf, [*shelf[1:], None], strict=False):
        assert articles.neighbours(db, here.permalink) == (before, after)


def test_what_does_not_exist_is_named(db):
    with pytest.raises(UnknownArticle, match="'/nowhere/'"):
        articles.get(db, "/nowhere/")
