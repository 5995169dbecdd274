"""The tables, as the steps that made them. A step that was released never changes."""

from __future__ import annotations

from functools import cache

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from prep.store import first_keys

migrations = Migrations("prep")


def unknown(db: Database) -> list[str]:
    """Return the steps that a database has taken and that are not known here: a newer Prep's."""
    return [name for name in applied(db) if name not in _known()]


def is_current(db: Database) -> bool:
    """Whether a database has taken every step."""
    return set(applied(db)) >= set(_known())


def applied(db: Database) -> list[str]:
    """Return the steps that a database has taken; none where it is new, or no database of Prep."""
    log = migrations.migrations_table
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [log]).fetchone():
        return []
    rows = db.execute(
        f"SELECT name FROM {log} WHERE migration_set = ? ORDER BY rowid", [migrations.name]
    )
    return [name for (name,) in rows]


@cache
def _known() -> tuple[str, ...]:
    return tuple(step.name for step in migrations.pending(Database(memory=True)))


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";\n\n"):
        db.execute(statement)


@migrations()
def first_schema(db: Database) -> None:
    """Both sheets and the articles; progress, reading, settings; the history of all changes."""
    schema = _FIRST_SCHEMA.replace("{note_of_question}", _NOTE_OF_QUESTION.strip())
    schema = schema.replace("{note_of_section}", _NOTE_OF_SECTION.strip())
    _run(db, schema)


@migrations()
def questions_moved_by_hand(db: Database) -> None:
    """A question can be moved to a day, skipped, or given minutes of its own."""
    _run(db, _MOVED_BY_HAND)


@migrations()
def answers_stories_reviews(db: Database) -> None:
    """Answers, stories, spaced repetition, mock interviews, own questions, passes, time."""
    schema = _PREPARING.replace("{doc_of_own_question}", _DOC_OF_OWN_QUESTION.strip())
    _run(db, schema)


@migrations()
def indexes_for_pages(db: Database) -> None:
    """What each page reads is found by an index; no query reads a table for what it leaves out."""
    _run(db, _INDEXES_FOR_PAGES)


@migrations()
def calendar_events(db: Database) -> None:
    """What calendar files held, so that later ones can cancel what is left out."""
    _run(db, _CALENDAR_EVENTS)


_CALENDAR_EVENTS = """
CREATE TABLE calendar_event (
    question_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day IS date(day))
) STRICT
"""


@migrations()
def devices_that_converge(db: Database) -> None:
    """Changes have keys that no other device gives, and so has all that is numbered."""
    _run(db, _DEVICES)
    first_keys.give(db)
    _run(db, _WITHOUT_FIRST_HISTORY)


@migrations()
def conflicts(db: Database) -> None:
    """Writes that were refused for newer data outlast the page that they were made on."""
    _run(db, _CONFLICTS)


_CONFLICTS = """
CREATE TABLE conflict (
    id INTEGER PRIMARY KEY,
    write TEXT NOT NULL,
    at TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    field TEXT NOT NULL,
    there TEXT NOT NULL,
    mine TEXT NOT NULL,
    is_unseen INTEGER NOT NULL CHECK (is_unseen IN (0, 1))
) STRICT;

CREATE INDEX conflict_by_write ON conflict (write)
"""


@migrations()
def drafts_of_forms(db: Database) -> None:
    """What is typed into a form and not saved yet."""
    _run(db, _DRAFTS_OF_FORMS)


_DRAFTS_OF_FORMS = """
CREATE TABLE form_draft (
    form TEXT PRIMARY KEY,
    fields TEXT NOT NULL CHECK (json_type(fields) = 'object'),
    at TEXT NOT NULL
) STRICT
"""


@migrations()
def versions_of_drafts(db: Database) -> None:
    """A draft knows at which version of the data it was begun: it hides what is saved since."""
    _run(db, _VERSIONS_OF_DRAFTS)


_VERSIONS_OF_DRAFTS = """
ALTER TABLE answer_draft ADD COLUMN version INTEGER;

ALTER TABLE form_draft ADD COLUMN versions TEXT NOT NULL DEFAULT '{}'
    CHECK (json_type(versions) = 'object')
"""


@migrations()
def names_of_a_question(db: Database) -> None:
    """A question's category and its article's permalink are called the same everywhere."""
    _run(db, _NAMES_OF_A_QUESTION)


_NAMES_OF_A_QUESTION = """
DROP VIEW tracker;

ALTER TABLE question RENAME COLUMN article_url TO permalink;

UPDATE question SET permalink = rtrim(permalink, '/') || '/' WHERE permalink IS NOT NULL;

CREATE VIEW tracker AS
SELECT
    q.id, q.sheet, q.position, q.number, c.title AS category, q.category_position, q.label,
    q.title, q.notes, q.level, q.difficulty, c.signal, q.article_status, q.permalink,
    q.phase_position, p.title AS phase, p.first_week, p.last_week, q.retired, q.own,
    coalesce(g.status, 'todo') AS status, g.started_on, g.drafted_on, g.done_on,
    g.confidence, coalesce(g.starred, 0) AS starred,
    coalesce(g.personal_notes, '') AS personal_notes,
    g.moved_to, coalesce(g.skipped, 0) AS skipped, g.minutes
FROM question q
LEFT JOIN category c ON c.sheet = q.sheet AND c.position = q.category_position
LEFT JOIN phase p ON p.sheet = q.sheet AND p.position = q.phase_position
LEFT JOIN progress g ON g.question_id = q.id
"""


@migrations()
def scope_of_the_plan(db: Database) -> None:
    """A question is in the scope of the plan or not, pinned there, and put off on a day."""
    _run(db, _SCOPE_OF_THE_PLAN)


_SCOPE_OF_THE_PLAN = """
ALTER TABLE progress ADD COLUMN in_scope INTEGER NOT NULL DEFAULT 0 CHECK (in_scope IN (0, 1));

ALTER TABLE progress ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));

ALTER TABLE progress ADD COLUMN put_off_on TEXT CHECK (put_off_on IS date(put_off_on));

DROP VIEW tracker;

CREATE VIEW tracker AS
SELECT
    q.id, q.sheet, q.position, q.number, c.title AS category, q.category_position, q.label,
    q.title, q.notes, q.level, q.difficulty, c.signal, q.article_status, q.permalink,
    q.phase_position, p.title AS phase, p.first_week, p.last_week, q.retired, q.own,
    coalesce(g.status, 'todo') AS status, g.started_on, g.drafted_on, g.done_on,
    g.confidence, coalesce(g.starred, 0) AS starred,
    coalesce(g.personal_notes, '') AS personal_notes,
    g.moved_to, coalesce(g.skipped, 0) AS skipped, g.minutes,
    coalesce(g.in_scope, 0) AS in_scope, coalesce(g.pinned, 0) AS pinned, g.put_off_on
FROM question q
LEFT JOIN category c ON c.sheet = q.sheet AND c.position = q.category_position
LEFT JOIN phase p ON p.sheet = q.sheet AND p.position = q.phase_position
LEFT JOIN progress g ON g.question_id = q.id
"""


@migrations()
def daily_sessions(db: Database) -> None:
    """A day's session: from when it ran until when, and the order of its questions."""
    _run(db, _DAILY_SESSIONS)


_DAILY_SESSIONS = """
CREATE TABLE session (
    day TEXT PRIMARY KEY CHECK (day IS date(day)),
    began_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;

CREATE TABLE session_question (
    day TEXT NOT NULL REFERENCES session(day) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (day, question_id)
) STRICT, WITHOUT ROWID
"""


_FIRST_SCHEMA = """
CREATE TABLE sheet (
    slug TEXT PRIMARY KEY CHECK (slug IN ('system-design', 'behavioral')),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    permalink TEXT NOT NULL,
    last_updated TEXT,
    pace_notes TEXT NOT NULL
) STRICT;

CREATE TABLE category (
    sheet TEXT NOT NULL REFERENCES sheet(slug),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    signal TEXT,
    PRIMARY KEY (sheet, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE phase (
    sheet TEXT NOT NULL REFERENCES sheet(slug),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    first_week INTEGER NOT NULL,
    last_week INTEGER NOT NULL,
    advice TEXT,
    PRIMARY KEY (sheet, position),
    CHECK (1 <= first_week AND first_week <= last_week)
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    permalink TEXT PRIMARY KEY,
    site TEXT NOT NULL,
    title TEXT NOT NULL,
    section TEXT NOT NULL,
    published_on TEXT,
    summary TEXT,
    body TEXT NOT NULL,
    words INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
) STRICT;

CREATE TABLE question (
    id TEXT PRIMARY KEY,
    sheet TEXT NOT NULL,
    category_position INTEGER NOT NULL,
    position INTEGER NOT NULL,
    number INTEGER,
    label TEXT,
    title TEXT NOT NULL,
    notes TEXT,
    level TEXT CHECK (level IN ('EM', 'DIR', 'EM+DIR')),
    difficulty TEXT CHECK (difficulty IN ('High', 'Medium', 'Low')),
    article_status TEXT NOT NULL
        CHECK (article_status IN ('todo', 'in progress', 'drafted', 'published')),
    article_url TEXT,
    phase_position INTEGER,
    retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
    FOREIGN KEY (sheet, category_position) REFERENCES category(sheet, position),
    FOREIGN KEY (sheet, phase_position) REFERENCES phase(sheet, position)
) STRICT;

CREATE INDEX question_by_category ON question (sheet, category_position, position);

CREATE INDEX question_by_article ON question (article_url);

CREATE TABLE progress (
    question_id TEXT PRIMARY KEY REFERENCES question(id),
    status TEXT NOT NULL DEFAULT 'todo'
        CHECK (status IN ('todo', 'in_progress', 'drafted', 'done')),
    started_on TEXT CHECK (started_on IS date(started_on)),
    drafted_on TEXT CHECK (drafted_on IS date(drafted_on)),
    done_on TEXT CHECK (done_on IS date(done_on)),
    confidence INTEGER CHECK (confidence BETWEEN 1 AND 5),
    starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
    personal_notes TEXT NOT NULL DEFAULT '',
    CHECK (status <> 'in_progress' OR started_on IS NOT NULL),
    CHECK (status <> 'drafted' OR drafted_on IS NOT NULL),
    CHECK (status <> 'done' OR done_on IS NOT NULL),
    CHECK (status <> 'todo' OR started_on IS NULL),
    CHECK (status IN ('drafted', 'done') OR drafted_on IS NULL),
    CHECK (status = 'done' OR done_on IS NULL),
    CHECK (started_on IS NULL OR drafted_on IS NULL OR started_on <= drafted_on),
    CHECK (started_on IS NULL OR done_on IS NULL OR started_on <= done_on),
    CHECK (drafted_on IS NULL OR done_on IS NULL OR drafted_on <= done_on)
) STRICT;

CREATE INDEX progress_by_done_on ON progress (done_on) WHERE done_on IS NOT NULL;

CREATE TABLE reading (
    permalink TEXT PRIMARY KEY REFERENCES article(permalink),
    read_on TEXT CHECK (read_on IS date(read_on)),
    last_anchor TEXT,
    last_heading TEXT,
    seconds INTEGER NOT NULL DEFAULT 0 CHECK (seconds >= 0)
) STRICT;

CREATE TABLE section_note (
    id TEXT PRIMARY KEY,
    permalink TEXT GENERATED ALWAYS AS (substr(id, 1, instr(id, '#') - 1)) STORED
        REFERENCES article(permalink),
    anchor TEXT GENERATED ALWAYS AS (substr(id, instr(id, '#') + 1)) STORED,
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT CHECK (value IS NULL OR json_valid(value))
) STRICT;

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    undoes INTEGER UNIQUE REFERENCES change(id)
) STRICT;

CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES change(id),
    subject TEXT NOT NULL CHECK (subject IN ('question', 'article', 'section', 'setting')),
    subject_id TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL CHECK (json_valid(old)),
    new TEXT NOT NULL CHECK (json_valid(new))
) STRICT;

CREATE INDEX history_by_change ON history (change_id);

CREATE INDEX history_by_subject ON history (subject, subject_id, change_id);

CREATE TABLE import_log (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    source TEXT NOT NULL,
    report TEXT NOT NULL CHECK (json_valid(report))
) STRICT;

CREATE VIEW tracker AS
SELECT
    q.id, q.sheet, q.position, q.number, c.title AS section, q.category_position, q.label,
    q.title, q.notes, q.level, q.difficulty, c.signal, q.article_status, q.article_url,
    q.phase_position, p.title AS phase, q.retired,
    coalesce(g.status, 'todo') AS status, g.started_on, g.drafted_on, g.done_on,
    g.confidence, coalesce(g.starred, 0) AS starred,
    coalesce(g.personal_notes, '') AS personal_notes
FROM question q
JOIN category c ON c.sheet = q.sheet AND c.position = q.category_position
LEFT JOIN phase p ON p.sheet = q.sheet AND p.position = q.phase_position
LEFT JOIN progress g ON g.question_id = q.id;

CREATE TABLE search_doc (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('question', 'article', 'note')),
    ref TEXT NOT NULL,
    anchor TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL,
    heading TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, ref, anchor)
) STRICT;

CREATE TABLE search_term (
    term TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search_index USING fts5(
    title, heading, body, content = 'search_doc', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2', prefix = '1 2 3'
);

CREATE TRIGGER search_doc_added AFTER INSERT ON search_doc BEGIN
    INSERT INTO search_index (rowid, title, heading, body)
    VALUES (new.id, new.title, new.heading, new.body);
END;

CREATE TRIGGER search_doc_removed AFTER DELETE ON search_doc BEGIN
    INSERT INTO search_index (search_index, rowid, title, heading, body)
    VALUES ('delete', old.id, old.title, old.heading, old.body);
END;

CREATE TRIGGER question_note_added AFTER INSERT ON progress BEGIN
    {note_of_question}
END;

CREATE TRIGGER question_note_changed AFTER UPDATE OF personal_notes ON progress BEGIN
    {note_of_question}
END;

CREATE TRIGGER section_note_added AFTER INSERT ON section_note BEGIN
    {note_of_section}
END;

CREATE TRIGGER section_note_changed AFTER UPDATE OF note ON section_note BEGIN
    {note_of_section}
END
"""

_MOVED_BY_HAND = """
ALTER TABLE progress ADD COLUMN moved_to TEXT CHECK (moved_to IS date(moved_to));

ALTER TABLE progress ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0 CHECK (skipped IN (0, 1));

ALTER TABLE progress ADD COLUMN minutes INTEGER CHECK (minutes BETWEEN 1 AND 600);

DROP VIEW tracker;

CREATE VIEW tracker AS
SELECT
    q.id, q.sheet, q.position, q.number, c.title AS section, q.category_position, q.label,
    q.title, q.notes, q.level, q.difficulty, c.signal, q.article_status, q.article_url,
    q.phase_position, p.title AS phase, p.first_week, p.last_week, q.retired,
    coalesce(g.status, 'todo') AS status, g.started_on, g.drafted_on, g.done_on,
    g.confidence, coalesce(g.starred, 0) AS starred,
    coalesce(g.personal_notes, '') AS personal_notes,
    g.moved_to, coalesce(g.skipped, 0) AS skipped, g.minutes
FROM question q
JOIN category c ON c.sheet = q.sheet AND c.position = q.category_position
LEFT JOIN phase p ON p.sheet = q.sheet AND p.position = q.phase_position
LEFT JOIN progress g ON g.question_id = q.id
"""

_PREPARING = """
ALTER TABLE question ADD COLUMN own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1));

DROP VIEW tracker;

CREATE VIEW tracker AS
SELECT
    q.id, q.sheet, q.position, q.number, c.title AS section, q.category_position, q.label,
    q.title, q.notes, q.level, q.difficulty, c.signal, q.article_status, q.article_url,
    q.phase_position, p.title AS phase, p.first_week, p.last_week, q.retired, q.own,
    coalesce(g.status, 'todo') AS status, g.started_on, g.drafted_on, g.done_on,
    g.confidence, coalesce(g.starred, 0) AS starred,
    coalesce(g.personal_notes, '') AS personal_notes,
    g.moved_to, coalesce(g.skipped, 0) AS skipped, g.minutes
FROM question q
JOIN category c ON c.sheet = q.sheet AND c.position = q.category_position
LEFT JOIN phase p ON p.sheet = q.sheet AND p.position = q.phase_position
LEFT JOIN progress g ON g.question_id = q.id;

CREATE TRIGGER own_question_added AFTER INSERT ON question WHEN new.own BEGIN
    {doc_of_own_question}
END;

CREATE TRIGGER own_question_changed AFTER UPDATE ON question WHEN new.own BEGIN
    {doc_of_own_question}
END;

CREATE TABLE answer (
    question_id TEXT PRIMARY KEY REFERENCES question(id),
    body TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE answer_draft (
    question_id TEXT PRIMARY KEY REFERENCES question(id),
    body TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE story (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL DEFAULT '',
    company TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '',
    period TEXT NOT NULL DEFAULT '',
    situation TEXT NOT NULL DEFAULT '',
    task TEXT NOT NULL DEFAULT '',
    action TEXT NOT NULL DEFAULT '',
    result TEXT NOT NULL DEFAULT '',
    metric TEXT NOT NULL DEFAULT '',
    learned TEXT NOT NULL DEFAULT '',
    level TEXT NOT NULL DEFAULT 'EM' CHECK (level IN ('EM', 'DIR')),
    strength INTEGER NOT NULL DEFAULT 3 CHECK (strength BETWEEN 1 AND 5),
    removed INTEGER NOT NULL DEFAULT 1 CHECK (removed IN (0, 1))
) STRICT;

CREATE TABLE story_link (
    id TEXT PRIMARY KEY,
    story_id TEXT GENERATED ALWAYS AS (substr(id, 1, instr(id, '#') - 1)) STORED
        REFERENCES story(id),
    question_id TEXT GENERATED ALWAYS AS (substr(id, instr(id, '#') + 1)) STORED
        REFERENCES question(id),
    angle TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 1 CHECK (removed IN (0, 1))
) STRICT;

CREATE INDEX story_link_by_question ON story_link (question_id);

CREATE TABLE card (
    question_id TEXT PRIMARY KEY REFERENCES question(id),
    card TEXT CHECK (card IS NULL OR json_valid(card)),
    due_on TEXT CHECK (due_on IS date(due_on))
) STRICT;

CREATE INDEX card_by_due ON card (due_on) WHERE due_on IS NOT NULL;

CREATE TABLE review (
    id TEXT PRIMARY KEY,
    question_id TEXT GENERATED ALWAYS AS (substr(id, 1, instr(id, '#') - 1)) STORED
        REFERENCES question(id),
    at TEXT GENERATED ALWAYS AS (substr(id, instr(id, '#') + 1)) STORED,
    rating INTEGER CHECK (rating BETWEEN 1 AND 4),
    log TEXT CHECK (log IS NULL OR json_valid(log)),
    removed INTEGER NOT NULL DEFAULT 1 CHECK (removed IN (0, 1))
) STRICT;

CREATE INDEX review_by_question ON review (question_id, at);

CREATE TABLE attempt (
    id TEXT PRIMARY KEY,
    kind TEXT CHECK (kind IN ('question', 'behavioral', 'system-design')),
    started_at TEXT,
    finished_at TEXT,
    state TEXT CHECK (state IS NULL OR json_valid(state)),
    removed INTEGER NOT NULL DEFAULT 1 CHECK (removed IN (0, 1))
) STRICT;

CREATE TABLE attempt_question (
    id TEXT PRIMARY KEY,
    attempt_id TEXT GENERATED ALWAYS AS (substr(id, 1, instr(id, '#') - 1)) STORED
        REFERENCES attempt(id),
    question_id TEXT GENERATED ALWAYS AS (substr(id, instr(id, '#') + 1)) STORED
        REFERENCES question(id),
    done_on TEXT CHECK (done_on IS date(done_on)),
    seconds INTEGER NOT NULL DEFAULT 0 CHECK (seconds >= 0),
    scores TEXT CHECK (scores IS NULL OR json_valid(scores)),
    rating INTEGER CHECK (rating BETWEEN 1 AND 4),
    notes TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 1 CHECK (removed IN (0, 1))
) STRICT;

CREATE INDEX attempt_question_by_question ON attempt_question (question_id);

CREATE TABLE pass (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL DEFAULT '',
    ended_on TEXT CHECK (ended_on IS date(ended_on)),
    removed INTEGER NOT NULL DEFAULT 1 CHECK (removed IN (0, 1))
) STRICT;

CREATE TABLE pass_progress (
    id TEXT PRIMARY KEY,
    pass_id TEXT GENERATED ALWAYS AS (substr(id, 1, instr(id, '#') - 1)) STORED
        REFERENCES pass(id),
    question_id TEXT GENERATED ALWAYS AS (substr(id, instr(id, '#') + 1)) STORED
        REFERENCES question(id),
    status TEXT CHECK (status IN ('todo', 'in_progress', 'drafted', 'done')),
    started_on TEXT CHECK (started_on IS date(started_on)),
    drafted_on TEXT CHECK (drafted_on IS date(drafted_on)),
    done_on TEXT CHECK (done_on IS date(done_on)),
    confidence INTEGER CHECK (confidence BETWEEN 1 AND 5)
) STRICT;

CREATE TABLE time_spent (
    id TEXT PRIMARY KEY,
    question_id TEXT REFERENCES question(id),
    kind TEXT NOT NULL DEFAULT 'manual'
        CHECK (kind IN ('reading', 'answering', 'reviewing', 'mock', 'manual')),
    day TEXT CHECK (day IS date(day)),
    seconds INTEGER NOT NULL DEFAULT 0 CHECK (seconds >= 0),
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX time_spent_by_question ON time_spent (question_id);

CREATE TABLE new_history (
    id INTEGER PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES change(id),
    subject TEXT NOT NULL CHECK (subject IN (
        'question', 'article', 'section', 'setting', 'answer', 'story', 'link', 'card', 'review',
        'attempt', 'attempt_question', 'pass', 'pass_progress', 'time', 'own'
    )),
    subject_id TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL CHECK (json_valid(old)),
    new TEXT NOT NULL CHECK (json_valid(new))
) STRICT;

INSERT INTO new_history SELECT id, change_id, subject, subject_id, field, old, new FROM history;

DROP TABLE history;

ALTER TABLE new_history RENAME TO history;

CREATE INDEX history_by_change ON history (change_id);

CREATE INDEX history_by_subject ON history (subject, subject_id, change_id)
"""

# SQLite leaves out a left join of which nothing is asked for: categories are joined like that, too.
_INDEXES_FOR_PAGES = """
DROP VIEW tracker;

CREATE VIEW tracker AS
SELECT
    q.id, q.sheet, q.position, q.number, c.title AS section, q.category_position, q.label,
    q.title, q.notes, q.level, q.difficulty, c.signal, q.article_status, q.article_url,
    q.phase_position, p.title AS phase, p.first_week, p.last_week, q.retired, q.own,
    coalesce(g.status, 'todo') AS status, g.started_on, g.drafted_on, g.done_on,
    g.confidence, coalesce(g.starred, 0) AS starred,
    coalesce(g.personal_notes, '') AS personal_notes,
    g.moved_to, coalesce(g.skipped, 0) AS skipped, g.minutes
FROM question q
LEFT JOIN category c ON c.sheet = q.sheet AND c.position = q.category_position
LEFT JOIN phase p ON p.sheet = q.sheet AND p.position = q.phase_position
LEFT JOIN progress g ON g.question_id = q.id;

CREATE INDEX question_by_place ON question (sheet, position);

CREATE INDEX question_by_group ON question (
    sheet, category_position, phase_position, level, difficulty, article_status
) WHERE NOT retired;

CREATE INDEX progress_by_status ON progress (status, question_id);

CREATE INDEX progress_by_started_on ON progress (started_on) WHERE started_on IS NOT NULL;

CREATE INDEX progress_by_drafted_on ON progress (drafted_on) WHERE drafted_on IS NOT NULL;

CREATE INDEX article_without_body ON article (
    permalink, retired, minutes, published_on, title, site, section, summary, words
);

CREATE INDEX history_by_field ON history (field, id);

CREATE INDEX review_by_instant ON review (at) WHERE NOT removed

"""

_DEVICES = """
CREATE TABLE device (
    id TEXT PRIMARY KEY,
    is_this INTEGER NOT NULL DEFAULT 0 CHECK (is_this IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX device_that_is_this ON device (is_this) WHERE is_this;

INSERT INTO device VALUES (lower(hex(randomblob(8))), 1), ('migration', 0);

CREATE TABLE numbered (
    label TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    given TEXT NOT NULL,
    since INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE new_change (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    device TEXT REFERENCES device(id),
    at TEXT NOT NULL,
    undoes INTEGER REFERENCES new_change(id),
    redoes INTEGER REFERENCES new_change(id),
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    CHECK (undoes IS NULL OR redoes IS NULL)
) STRICT;

CREATE TABLE new_history (
    id INTEGER PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES new_change(id),
    subject TEXT NOT NULL CHECK (subject IN (
        'question', 'article', 'section', 'setting', 'answer', 'story', 'link', 'card', 'review',
        'attempt', 'attempt_question', 'pass', 'pass_progress', 'time', 'own'
    )),
    subject_id TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL CHECK (json_valid(old)),
    new TEXT NOT NULL CHECK (json_valid(new))
) STRICT;

ALTER TABLE attempt_question ADD COLUMN position INTEGER NOT NULL DEFAULT 0;

CREATE TABLE new_time_spent (
    id TEXT PRIMARY KEY,
    question_id TEXT GENERATED ALWAYS AS (substr(id, 1, instr(id, '#') - 1)) STORED
        REFERENCES question(id),
    kind TEXT GENERATED ALWAYS AS (
        substr(id, instr(id, '#') + 1, instr(substr(id, instr(id, '#') + 1), '#') - 1)
    ) STORED CHECK (kind IN ('reading', 'answering', 'reviewing', 'mock', 'manual')),
    day TEXT CHECK (day IS date(day)),
    seconds INTEGER NOT NULL DEFAULT 0 CHECK (seconds >= 0),
    note TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO new_time_spent (id, day, seconds, note) SELECT id, day, seconds, note FROM time_spent;

DROP TABLE time_spent;

ALTER TABLE new_time_spent RENAME TO time_spent;

CREATE INDEX time_spent_by_question ON time_spent (question_id);

CREATE TABLE new_review (
    id TEXT PRIMARY KEY,
    question_id TEXT GENERATED ALWAYS AS (substr(id, 1, instr(id, '#') - 1)) STORED
        REFERENCES question(id),
    at TEXT GENERATED ALWAYS AS (
        substr(id, instr(id, '#') + 1, instr(substr(id, instr(id, '#') + 1) || '#', '#') - 1)
    ) STORED,
    rating INTEGER CHECK (rating BETWEEN 1 AND 4),
    log TEXT CHECK (log IS NULL OR json_valid(log)),
    removed INTEGER NOT NULL DEFAULT 1 CHECK (removed IN (0, 1))
) STRICT;

INSERT INTO new_review (id, rating, log, removed) SELECT id, rating, log, removed FROM review;

DROP TABLE review;

ALTER TABLE new_review RENAME TO review;

CREATE INDEX review_by_question ON review (question_id, at);

CREATE INDEX review_by_instant ON review (at) WHERE NOT removed
"""

_WITHOUT_FIRST_HISTORY = """
DROP TABLE history;

DROP TABLE change;

ALTER TABLE new_change RENAME TO change;

ALTER TABLE new_history RENAME TO history;

CREATE INDEX change_undone ON change (id) WHERE undone;

CREATE INDEX change_that_undoes ON change (undoes, key) WHERE undoes IS NOT NULL;

CREATE INDEX change_that_redoes ON change (redoes, key) WHERE redoes IS NOT NULL;

CREATE INDEX history_by_change ON history (change_id, field);

CREATE INDEX history_by_subject ON history (subject, subject_id, change_id)
"""

# What keeps a note findable: its document is made anew each time it is written.
_NOTE_OF_QUESTION = """
    DELETE FROM search_doc WHERE kind = 'note' AND ref = new.question_id;
    INSERT INTO search_doc (kind, ref, title, heading, body)
    SELECT 'note', id, title, 'My notes', new.personal_notes
    FROM question WHERE id = new.question_id AND new.personal_notes <> '';
"""

_NOTE_OF_SECTION = """
    DELETE FROM search_doc
    WHERE kind = 'note' AND ref = new.permalink AND anchor = new.anchor;
    INSERT INTO search_doc (kind, ref, anchor, title, heading, body)
    SELECT 'note', permalink, new.anchor, title, 'My note', new.note
    FROM article WHERE permalink = new.permalink AND new.note <> '';
"""

# A question of one's own is found as soon as it is written; the importer indexes the others.
_DOC_OF_OWN_QUESTION = """
    DELETE FROM search_doc WHERE kind = 'question' AND ref = new.id;
    INSERT INTO search_doc (kind, ref, title, heading, body)
    SELECT 'question', new.id, new.title, title, new.id || ' · ' || coalesce(new.notes, '')
    FROM category WHERE sheet = new.sheet AND position = new.category_position AND NOT new.retired;
"""
