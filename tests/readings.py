"""Everything that pages and exports read of a database, read once."""

from datetime import timedelta

from prep import (
    activity,
    answer_files,
    answers,
    coverage,
    exports,
    history,
    mock,
    outline,
    passes,
    questions,
    reading,
    review,
    search,
    settings,
    spreadsheet,
    standing,
    stories,
    time_spent,
    transfer,
    words,
)
from prep.ui import changes


def read_all(db, clock):
    """Read what every page reads; it raises where one could not be drawn."""
    today, chosen = clock.today(), settings.load(db)
    asked = questions.find(db, {})
    _read_plan(db, today)
    _read_progress(db, clock, chosen)
    for row in asked[:3]:
        questions.get(db, row["id"])
        answers.revisions(db, row["id"])
        mock.best_and_last(db, row["id"])
        time_spent.of_question(db, row["id"])
    for change in history.changes(db, limit=-1):
        changes.describe([change])
        changes.describe_field(change)
    for article in questions.articles(db):
        outline.sections(questions.article(db, article["permalink"])["body"])
        reading.section_notes(db, article["permalink"])
        questions.neighbours(db, article["permalink"])
        words.day(article["published_on"])
    questions.phases(db)
    search.search(db, "design lock leader")
    transfer.export(db)
    spreadsheet.export(db)
    list(answer_files.written(db))
    exports.plan_ics(db, clock)


def _read_plan(db, today):
    outlook = standing.load(db, today)
    if outlook.items:
        outlook.standing(), outlook.forecast()
        for name in ("slipped", "band", "lines", "phases", "weeks", "left_out"):
            getattr(outlook, name)


def _read_progress(db, clock, chosen):
    today = clock.today()
    active = activity.by_day(db, clock)
    activity.last_year(active, today)
    activity.streak(active, chosen.calendar(), today)
    for dimension in ("category", "phase", "level", "difficulty"):
        coverage.by(db, dimension)
    coverage.totals(db), coverage.done_by_week(db, today), coverage.articles_published(db)
    recalls = review.recalls(db, chosen, today)
    review.due(db, clock, chosen), review.due_by_day(recalls, today, 30), review.retention(db)
    coverage.remembered(db, review.retrievability(recalls, clock.now(), chosen))
    for recall in recalls:
        review.preview(db, recall, clock, chosen)
    attempt = mock.running(db)
    if attempt:
        attempt.used(attempt.question_id, clock.now() + timedelta(minutes=1))
    for row in mock.attempts(db):
        words.day(row["done_on"]), mock.RATINGS[row["rating"]], mock.LENGTHS[row["kind"]]
    mock.by_category(db)
    stories.every(db), stories.matrix(db), stories.covers(db), stories.links(db)
    for one in passes.every(db):
        passes.compare(db, one["id"]), words.day(one["ended_on"])
    for dimension in ("question", "category", "week"):
        time_spent.by(db, dimension)
