"""What a device tells others of: named as it is named on every device, and no more than needed."""

import json

from prep.exchange import shared_log
from prep.practice import stories
from prep.progress import own_questions, reading, time_spent
from prep.store import devices, numbers, undo_redo

PERMALINK = "/system-design/classic/url-shortener/"
OWN = {
    "sheet": "behavioral",
    "category_position": 2,
    "title": "Mine",
    "level": "EM",
    "difficulty": "Low",
}


def said(log):
    """Return the last value of each field that a log speaks of."""
    return {tuple(of): json.loads(new) for change in log.changes for *of, _, new in change.said}


def test_who_did_nothing_has_nothing_to_tell(db):
    assert shared_log.of(db) == shared_log.Log([])


def test_only_what_was_spoken_of_is_told_with_its_title(db, clock, tracker):
    tracker.set_status(["L-02", "SD-001"], "done")
    reading.mark_read(db, clock, PERMALINK)
    log = shared_log.of(db)
    assert list(log.questions) == ["L-02", "SD-001"]
    assert log.questions["SD-001"] == "URL Shortener (bit.ly)"
    assert list(log.articles) == [PERMALINK]
    assert log.categories == {}, "nobody put a question into one"


def test_what_is_numbered_goes_by_its_key_wherever_it_is_named(db, clock):
    story = stories.save(db, clock, {"title": "A story"})
    own = own_questions.add(db, clock, OWN)
    stories.link(db, clock, story, {own: "angle", "L-01": ""})
    story_key, own_key = numbers.key_of(db, story), numbers.key_of(db, own)
    log = shared_log.of(db)
    assert log.numbers == {story_key: "ST-001", own_key: "X-001"}
    named = {(subject, subject_id) for subject, subject_id, _ in said(log)}
    assert ("story", story_key) in named
    assert ("own", own_key) in named
    links = {tuple(name.split("#")) for subject, name in named if subject == "link"}
    assert {frozenset(pair) for pair in links} == {
        frozenset({own_key, story_key}),
        frozenset({"L-01", story_key}),
    }
    assert list(log.questions) == ["L-01"], "another device has no question of one's own to match"


def test_with_a_question_of_ones_own_all_categories_of_the_sheets_are_told(db, clock):
    own_questions.add(db, clock, OWN)
    rows = db.execute("SELECT sheet, position, title FROM category").fetchall()
    told = shared_log.of(db).categories
    assert {(sheet, *row) for sheet, titles in told.items() for row in titles.items()} == set(rows)


def test_an_undo_names_what_it_undoes_and_says_nothing_itself(db, clock, tracker):
    tracker.set_status("L-01", "done")
    undo_redo.undo(db, clock)
    undo_redo.redo(db, clock)
    first, undo, redo = shared_log.of(db).changes
    assert (undo.undoes, undo.redoes, undo.said) == (first.key, None, ())
    assert (redo.undoes, redo.redoes, redo.said) == (None, first.key, ())
    assert first.said and first.undoes is first.redoes is None
    assert first.key < undo.key < redo.key


def test_changes_are_told_in_the_order_of_their_keys_not_as_they_came(db, tracker):
    for question_id in ("L-01", "L-02"):
        tracker.set_status(question_id, "done")
    told = shared_log.of(db).changes
    db.execute("UPDATE change SET key = ? WHERE key = ?", ["0", told[1].key])
    assert [change.said for change in shared_log.of(db).changes] == [told[1].said, told[0].said]


def test_of_times_those_that_were_counted_are_told_beside_the_changes(db, clock):
    own = own_questions.add(db, clock, OWN)
    time_spent.enter(db, clock, "L-02", 20, clock.today())
    time_spent.add(db, clock, own, time_spent.ANSWERING, 90)
    time_spent.add(db, clock, "L-01", time_spent.REVIEWING, 60)
    log = shared_log.of(db)
    device, key, day = devices.this(db), numbers.key_of(db, own), clock.today()
    assert log.times == {
        f"{key}#answering#{day}#{device}": 90,
        f"L-01#reviewing#{day}#{device}": 60,
    }
    assert list(log.questions) == ["L-01", "L-02"]
    assert [value for (*_, name), value in said(log).items() if name == "seconds"] == [1200]
