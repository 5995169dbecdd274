"""What another device refers to is found here, or gets a row that is retired."""

import json

from prep.content import placeholders, questions
from prep.content.models import BEHAVIORAL


def title_of(db, question_id):
    return questions.get(db, question_id).title


def retired(db, table):
    return db.execute(f"SELECT count(*) FROM {table} WHERE retired").fetchone()[0]


def test_what_is_here_under_its_own_id_needs_no_other(db):
    assert placeholders.questions(db, {"L-01": title_of(db, "L-01")}) == {}
    assert retired(db, "question") == 0


def test_a_question_is_found_by_its_title_under_another_id(db):
    assert placeholders.questions(db, {"L-77": title_of(db, "L-01")}) == {"L-77": "L-01"}


def test_a_question_that_is_not_here_gets_a_retired_row(db):
    assert placeholders.questions(db, {"L-99": "How do you juggle zebras?"}) == {"L-99": "L-99"}
    question = questions.get(db, "L-99")
    assert (question.title, question.retired) == ("How do you juggle zebras?", True)
    assert question.sheet == BEHAVIORAL


def test_where_its_id_is_taken_it_gets_one_that_every_device_makes_alike(db):
    zebras = {"L-01": "How do you juggle zebras?"}
    [name] = placeholders.questions(db, zebras).values()
    assert name == placeholders.set_aside("L-01", zebras["L-01"], {"L-01"})
    assert title_of(db, name) == zebras["L-01"]
    assert title_of(db, "L-01") != zebras["L-01"]


def test_a_free_key_is_not_taken_and_keeps_its_last_slash():
    first = placeholders.set_aside("/a/b/", "Title", set())
    assert first.startswith("/a/b-OLD") and first.endswith("/")
    second = placeholders.set_aside("/a/b/", "Title", {first})
    assert second != first


def test_articles_are_found_by_permalink_then_by_title(db):
    [(permalink, title)] = db.execute("SELECT permalink, title FROM article LIMIT 1").fetchall()
    assert placeholders.articles(db, {permalink: "Another title"}) == {}
    assert placeholders.articles(db, {"/elsewhere/": title}) == {"/elsewhere/": permalink}
    assert placeholders.articles(db, {"/new/": "Juggling zebras at scale"}) == {}
    assert retired(db, "article") == 1


def test_categories_are_found_by_title_at_another_position(db):
    [(title,)] = db.execute(
        "SELECT title FROM category WHERE sheet = ? AND position = 3", [BEHAVIORAL]
    ).fetchall()
    places = placeholders.categories(db, {BEHAVIORAL: {5: title}})
    assert places[json.dumps(BEHAVIORAL), "5"] == "3"


def test_a_category_that_is_not_here_is_added_at_the_end(db):
    places = placeholders.categories(db, {BEHAVIORAL: {99: "Zebras"}})
    assert places == {(json.dumps(BEHAVIORAL), "99"): "17"}
