"""What a page reads is found by an index: no query looks through a large table."""

import re

import pytest

from prep.content import articles, questions, search
from prep.content.models import BEHAVIORAL
from prep.planning import plan_items
from prep.practice import answers, review_queue, stories, story_coverage
from prep.progress import activity, coverage, reading, time_spent
from prep.progress.settings import Settings
from prep.store import change_list

LARGE = {
    "question",
    "progress",
    "article",
    "history",
    "change",
    "review",
    "card",
    "search_doc",
    "answer",
}
ALIASES = {"q": "question", "g": "progress"}  # within the view `tracker`
JOINED = re.compile(r"(?:FROM|JOIN) (\w+) (\w)\b")
SCAN = re.compile(r"^SCAN (\w+)$")


def renewed(db, tracker, _clock):
    plan_items.load(db, Settings())
    tracker.set_status("L-01", "done")
    return lambda: plan_items.load(db, Settings())


READS = {
    "changes lately": lambda db, *_: change_list.changes(db, field="status", limit=5),
    "changes of a question": lambda db, *_: change_list.changes(
        db, subject="question", subject_id="L-01"
    ),
    "reviews due": lambda db, _, clock: review_queue.due(db, clock, Settings()),
    "activity": lambda db, _, clock: activity.by_day(db, clock),
    "coverage": lambda db, *_: [
        coverage.counts_by_group(db, name) for name in ("category", "phase", "level")
    ],
    "totals": lambda db, *_: coverage.totals(db),
    "done by week": lambda db, _, clock: coverage.done_by_week(db, clock.today()),
    "articles published": lambda db, *_: coverage.articles_published(db),
    "a page of the sheets": lambda db, *_: questions.find(db, {}, limit=50, offset=50),
    "one sheet counted": lambda db, *_: questions.count(db, {"sheet": [BEHAVIORAL]}),
    "a question": lambda db, *_: questions.get(db, "L-01"),
    "its neighbours": lambda db, *_: questions.near(db, questions.get(db, "L-05"), 5),
    "its answer": lambda db, *_: (answers.get(db, "L-01"), answers.revisions(db, "L-01")),
    "its stories": lambda db, *_: stories.of_question(db, "L-01"),
    "its time": lambda db, *_: time_spent.of_question(db, "L-01"),
    "its article": lambda db, *_: questions.of_article(db, "/x/"),
    "the library": lambda db, *_: articles.list_articles(db),
    "section notes": lambda db, *_: reading.section_notes(db, "/x/"),
    "the stories": lambda db, *_: (story_coverage.asked(db), story_coverage.matrix(db)),
    "a search": lambda db, *_: search.search(db, "rate limiter"),
    "a search of a sheet": lambda db, *_: search.search(db, "team", 5, BEHAVIORAL),
}


def run_and_explain(db, read):
    """Return how SQLite says that it answers each query of a read."""
    asked = []
    db.conn.set_trace_callback(asked.append)
    read()
    db.conn.set_trace_callback(None)
    selects = [sql for sql in asked if sql.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert selects
    return {
        sql: [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
        for sql in selects
    }


def looked_through(sql, steps):
    """Return the steps that read a large table without an index, or make one for this query."""
    aliases = ALIASES | {alias: table for table, alias in re.findall(JOINED, sql)}
    return [
        step
        for step in steps
        if "AUTOMATIC" in step
        or ((scan := SCAN.match(step)) and aliases.get(scan[1], scan[1]) in LARGE)
    ]


@pytest.mark.parametrize("name", READS)
def test_what_a_page_reads_is_found_by_an_index(name, half_done, tracker, clock):
    plans = run_and_explain(half_done, lambda: READS[name](half_done, tracker, clock))
    assert {
        sql: found for sql, steps in plans.items() if (found := looked_through(sql, steps))
    } == {}


def test_what_was_changed_since_is_found_by_an_index(half_done, tracker, clock):
    plans = run_and_explain(half_done, renewed(half_done, tracker, clock))
    assert [sql for sql, steps in plans.items() if looked_through(sql, steps)] == []


def test_a_query_without_an_index_would_be_noticed(half_done):
    plans = run_and_explain(
        half_done,
        lambda: half_done.execute("SELECT count(*) FROM history h WHERE h.new = '1'").fetchone(),
    )
    assert any(looked_through(sql, steps) for sql, steps in plans.items())


def test_what_is_not_asked_for_is_not_joined(half_done):
    [steps] = run_and_explain(half_done, lambda: questions.count(half_done, {})).values()
    joined = [step.split()[1] for step in steps if step.startswith(("SEARCH", "SCAN"))]
    assert joined[:2] == ["q", "g"]
    assert not {"c", "p"} & set(joined)
