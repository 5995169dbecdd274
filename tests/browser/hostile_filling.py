"""A database whose every text, the person's and the imported, is hostile."""

from datetime import UTC, datetime
from itertools import cycle, islice

from prep.clock import system_clock
from prep.content import questions, search
from prep.practice import answers, mock, mock_notes, stories
from prep.progress import own_questions, passes, reading, settings, time_spent
from prep.progress.tracker import Tracker
from prep.store import change_list
from prep.store.database import writing
from tests.hostile_strings import ALL, one_line

ARTICLE = "/system-design/classic/url-shortener/"
BEHAVIORAL_ARTICLE = "/behavioral/leadership/l-01-led-team-through-significant-technical-change/"
SOME = 16  # rows of what a page shows a few of: with each round others
# Ends whatever a text before may have begun, so that it does not hide the next one.
_CLOSERS = (
    "\n\n--> ]]> ?> </script></style></textarea></title></noscript></template>\n\n```\n```\n\n"
)
_COLUMNS = {
    "question": ("title", "notes", "label"),
    "category": ("title", "signal"),
    "phase": ("title", "advice"),
    "sheet": ("title", "pace_notes"),
    "article": ("title", "section", "summary"),
}


def everything():
    """Return a text that holds every string, each to be read by itself."""
    return _CLOSERS.join(f"## {n} {one_line(text)[:80]}\n\n{text}" for n, text in enumerate(ALL))


def fill(db, round_number):
    """Put the strings into every field; another round begins with others."""
    strings = cycle(ALL[round_number * SOME % len(ALL) :] + ALL[: round_number * SOME % len(ALL)])
    _fill_content(db, strings)
    _fill_progress(db, strings)
    _fill_stories(db, strings)
    _fill_interviews(db, strings)
    db.table("import_log").insert(
        {"at": datetime.now(UTC).isoformat(), "source": next(strings), "report": "{}"}
    )
    with writing(db):
        search.index_content(db)


def _fill_content(db, strings):
    with writing(db):
        for table, columns in _COLUMNS.items():
            key = "slug" if table == "sheet" else "permalink" if table == "article" else None
            key = key or ("id" if table == "question" else "sheet || position")
            for (name,) in db.execute(f"SELECT {key} FROM {table}").fetchall():
                values = [one_line(text) for text in islice(strings, len(columns))]
                given = ", ".join(f"{column} = ?" for column in columns)
                db.execute(f"UPDATE {table} SET {given} WHERE {key} = ?", [*values, name])
        db.execute(
            "UPDATE article SET body = ? WHERE permalink IN (?, ?)",
            [everything(), ARTICLE, BEHAVIORAL_ARTICLE],
        )


def _fill_progress(db, strings):
    clock, tracker = system_clock(), Tracker(db, system_clock())
    settings.change(db, clock, {"start_on": clock.today().isoformat(), "pace": "8 questions"})
    tracker.set_status(["L-01", "L-02", "SD-001", "SD-002"], "done")
    for question_id in ("L-01", "L-02", "SD-001", "SD-012"):
        tracker.edit({question_id: {"personal_notes": everything()[:10_000]}})
        answers.save(db, clock, question_id, everything())
        answers.save(db, clock, question_id, everything() + next(strings))
    answers.keep_draft(db, clock, "L-02", everything() + "draft")
    both = "## Engineering manager\n\n{}\n\n## Director\n\n{}"
    answers.save(db, clock, "L-03", both.format(next(strings), next(strings)))
    for n in range(SOME):
        own_questions.add(
            db,
            clock,
            {
                "sheet": "behavioral",
                "category_position": 1,
                "title": one_line(next(strings))[:500],
                "notes": next(strings),
                "level": "EM",
                "difficulty": "High",
            },
        )
        passes.begin(db, clock, ["SD-002"], next(strings))
        tracker.set_status("SD-002", "done")
        time_spent.enter(db, clock, "L-01", 5 + n, clock.today(), next(strings))
    for anchor in ("", "0-script-pwned-script", "1-hook"):
        reading.note_section(db, clock, ARTICLE, anchor, everything()[:10_000])
    reading.keep_place(
        db, ARTICLE, f"x) ![y](http://evil.example/y.png) {next(strings)}", one_line(next(strings))
    )
    reading.keep_place(db, BEHAVIORAL_ARTICLE, next(strings), next(strings))


def _fill_stories(db, strings):
    clock = system_clock()
    for _ in range(SOME):
        lines = {
            name: one_line(next(strings))[:200]
            for name in ("title", "company", "role", "period", "metric")
        }
        parts = dict.fromkeys(("situation", "task", "action", "result", "learned"))
        parts = {name: everything()[:9_000] + next(strings) for name in parts}
        story = stories.save(db, clock, {**lines, **parts})
        stories.link(db, clock, story, {"L-01": one_line(next(strings))[:200], "L-02": ""})


def _fill_interviews(db, strings):
    clock = system_clock()
    for _ in range(2):
        ids = [row.id for row in questions.find(db, {"sheet": ["behavioral"]})][:5]
        attempt = mock.start(db, clock, "behavioral", ids)
        for question_id in ids:
            mock_notes.note(db, attempt, question_id, next(strings))
            mock_notes.score(db, attempt, question_id, next(strings), 2)
            mock_notes.rate(db, attempt, question_id, 3)
            mock.next_question(db, clock, attempt, question_id)
        mock.finish(db, clock, attempt)


def start_interview(db, question_id):
    """Start an interview with notes; return its id."""
    clock = system_clock()
    attempt = mock.start(db, clock, "question", [question_id])
    mock_notes.note(db, attempt, question_id, everything()[:10_000])
    return attempt


def last_change(db):
    """Return the number of the last change."""
    return change_list.data_version(db)
