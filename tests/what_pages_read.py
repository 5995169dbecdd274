"""Everything that pages and exports read of a database, read once."""

from datetime import timedelta

from prep.content import articles, phases, questions, search
from prep.exchange import csv_table, exports, json_export, markdown_answers
from prep.markdown import outline
from prep.planning import plan_status, wording
from prep.practice import (
    answers,
    mock,
    past_attempts,
    retention,
    review_queue,
    reviews,
    stories,
    story_coverage,
)
from prep.practice.attempt import LENGTHS
from prep.practice.review_schedule import RATINGS
from prep.progress import activity, coverage, passes, reading, settings, time_spent
from prep.store import change_list
from prep.ui.widgets import changes


def read_all(db, clock):
    """Read what every page reads; it raises where one could not be drawn."""
    today, chosen = clock.today(), settings.load(db)
    asked = questions.find(db, {})
    _read_plan(db, today)
    _read_progress(db, clock, chosen)
    for question in asked[:3]:
        questions.get(db, question.id)
        answers.revisions(db, question.id)
        past_attempts.best_and_last(db, question.id)
        time_spent.of_question(db, question.id)
    for change in change_list.changes(db, limit=-1):
        changes.describe([change])
        changes.describe_field(change)
    for article in articles.list_articles(db):
        outline.sections(articles.get(db, article.permalink).body)
        reading.section_notes(db, article.permalink)
        articles.neighbours(db, article.permalink)
        wording.day(article.published_on)
    phases.list_phases(db)
    search.search(db, "design lock leader")
    json_export.export(db)
    csv_table.export(db)
    list(markdown_answers.written(db))
    exports.plan_ics(db, clock)


def _read_plan(db, today):
    plan = plan_status.load(db, today)
    if plan.items:
        plan.progress(), plan.forecast()
        for name in ("slipped", "band", "lines", "phases", "weeks", "left_out"):
            getattr(plan, name)


def _read_progress(db, clock, chosen):
    today = clock.today()
    active = activity.by_day(db, clock)
    activity.last_year(active, today)
    activity.streak(active, chosen.calendar(), today)
    for dimension in ("category", "phase", "level", "difficulty"):
        coverage.counts_by_group(db, dimension)
    coverage.totals(db), coverage.done_by_week(db, today), coverage.articles_published(db)
    items = review_queue.list_items(db, chosen, today)
    (
        review_queue.due(db, clock, chosen),
        review_queue.due_by_day(items, today, 30),
        review_queue.todays(db, clock, chosen),
        retention.by_category(db),
        retention.measured(db, clock),
    )
    coverage.remembered(db, review_queue.retrievability(items, clock.now(), chosen))
    for item in items:
        reviews.preview(db, item, clock, chosen)
    attempt = mock.running(db)
    if attempt:
        attempt.used(attempt.question_id, clock.now() + timedelta(minutes=1))
    for answer in past_attempts.list_answers(db):
        wording.day(answer.done_on), RATINGS[answer.rating], LENGTHS[answer.kind]
    past_attempts.by_category(db)
    (
        stories.list_stories(db),
        story_coverage.matrix(db),
        story_coverage.covers(db),
        stories.links(db),
    )
    for one in passes.list_passes(db):
        passes.compare(db, one.id), wording.day(one.ended_on)
    for dimension in ("question", "category", "week"):
        time_spent.minutes_by_group(db, dimension)
