"""Three devices with clocks of their own do all there is to do and exchange what they did."""

import json
import sqlite3
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, Phase
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    rule,
    run_state_machine_as_test,
)
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import importer
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.errors import PrepError
from prep.exchange import device_merge, json_export, json_import, validation
from prep.planning import scope
from prep.practice import answers, form_drafts, mock, mock_notes, reviews, stories
from prep.progress import own_questions, passes, reading, settings, time_spent
from prep.progress.tracker import STATUSES, Tracker
from prep.store import change_rows, migrations, undo_redo
from prep.store.subjects import SUBJECTS

from .conftest import either
from .small_content import FIRST, SECOND

BEGIN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = 86_400
EXAMPLES, STEPS = either((2000, 50), (6, 30))

DEVICES = st.integers(0, 2)
QUESTIONS = st.sampled_from(["L-01", "L-02", "L-03", "SD-001", "X-001"])
ARTICLES = st.sampled_from(["/a/", "/b/", "/c/"])
NUMBERS = st.integers(1, 3)
FORMS = st.sampled_from(
    [
        lambda _db: form_drafts.NEW_STORY,
        lambda _db: form_drafts.of_new_question(BEHAVIORAL),
        lambda db: form_drafts.of_story(db, "ST-001"),
        lambda db: form_drafts.of_story(db, "ST-002"),
        lambda db: form_drafts.of_question(db, "X-001"),
    ]
)
# What differs between devices that hold the same: what is kept where it was made.
OF_THE_DEVICE = {
    "attempt": {"state"},
    "reading": {"last_anchor", "last_heading", "seconds"},
}


class Device:
    """A database in memory, and a clock that only the test moves."""

    def __init__(self, template):
        connection = sqlite3.connect(":memory:")
        template.conn.backup(connection)
        self.db = Database(connection)
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.execute("UPDATE device SET id = lower(hex(randomblob(8))) WHERE is_this")
        self.now = BEGIN
        self.clock = Clock(UTC, now=lambda: self.now)

    def take_in(self, exported):
        log = json_import.read(exported, "export.json")
        with self.db.atomic():
            device_merge.merge(self.db, log, "export.json")
            validation.refuse_unreadable(self.db, "export.json")

    def export(self):
        return json_export.export(self.db)

    def keys(self):
        return {key for (key,) in self.db.execute("SELECT key FROM change")}

    def held(self):
        """Return what all devices hold alike that have the same changes."""
        held = {}
        for table, key in {(subject.table, subject.key) for subject in SUBJECTS.values()}:
            beside = OF_THE_DEVICE.get(table, set())
            where = "own" if table == "question" else "1"
            rows = list(self.db.query(f"SELECT * FROM [{table}] WHERE {where} ORDER BY [{key}]"))
            held[table] = [
                {name: value for name, value in row.items() if name not in beside} for row in rows
            ]
        seen = {SUBJECTS["article"].table: "permalink"}
        for table in seen:  # a row without what goes through the history is the device's alone
            held[table] = [row for row in held[table] if row["read_on"]]
        return held


def template():
    db = Database(memory=True)
    migrations.migrations.apply(db)
    importer.import_content(db, FIRST, "first", Clock(UTC, now=lambda: BEGIN))
    return db


TEMPLATE = template()


class Exchange(RuleBasedStateMachine):
    """What may happen to three devices; in the end each must hold all of it."""

    exports = Bundle("exports")

    def __init__(self):
        super().__init__()
        self.devices = [Device(TEMPLATE) for _ in range(3)]
        self.drafts = [{} for _ in range(3)]
        self.texts = set()
        self.made = Counter()

    def text(self, kind):
        """Return a text that was never saved before."""
        return f"{kind} number {len(self.texts) + 1} \N{SNOWMAN}"

    def act(self, place, write, *texts):
        """Do something on a device; what its rules refuse is no matter here."""
        device = self.devices[place]
        with suppress(PrepError):
            write(device.db, device.clock)
            self.texts.update(texts)
            return True
        return False

    # Clocks

    @rule(place=DEVICES, seconds=st.sampled_from([-9 * DAY, -DAY, -3600, -1, 1, 180, DAY, 4 * DAY]))
    def move_the_clock(self, place, seconds):
        self.devices[place].now += timedelta(seconds=seconds)

    # Acts

    @rule(
        place=DEVICES, ids=st.sets(QUESTIONS, min_size=1, max_size=3), to=st.sampled_from(STATUSES)
    )
    def set_status(self, place, ids, to):
        self.act(place, lambda db, clock: Tracker(db, clock).set_status(ids, to))

    @rule(place=DEVICES, question=QUESTIONS, back=st.integers(0, 5))
    def correct_a_day(self, place, question, back):
        day = self.devices[place].clock.today() - timedelta(days=back)
        self.act(place, lambda db, clock: Tracker(db, clock).edit({question: {"started_on": day}}))

    @rule(place=DEVICES, question=QUESTIONS, confidence=st.integers(1, 5), starred=st.booleans())
    def judge(self, place, question, confidence, starred):
        fields = {"confidence": confidence, "starred": starred}
        self.act(place, lambda db, clock: Tracker(db, clock).edit({question: fields}))

    @rule(place=DEVICES, question=QUESTIONS)
    def write_notes(self, place, question):
        text = self.text("notes")
        fields = {question: {"personal_notes": text}}
        self.act(place, lambda db, clock: Tracker(db, clock).edit(fields), text)

    @rule(place=DEVICES, question=QUESTIONS, ahead=st.integers(0, 9), skipped=st.booleans())
    def move_in_the_plan(self, place, question, ahead, skipped):
        day = self.devices[place].clock.today() + timedelta(days=ahead)
        fields = {"moved_to": day, "skipped": skipped, "minutes": 30 + ahead}
        self.act(place, lambda db, clock: Tracker(db, clock).edit({question: fields}))

    @rule(place=DEVICES, question=QUESTIONS, choice=st.sampled_from([scope.PIN, scope.DROP]))
    def pin_or_drop(self, place, question, choice):
        self.act(place, lambda db, clock: Tracker(db, clock).edit({question: choice}))

    @rule(place=DEVICES, minutes=st.sampled_from(["30", "90"]))
    def fit_the_plan(self, place, minutes):
        interview = self.devices[place].clock.today() + timedelta(days=20)
        texts = {"target_on": interview.isoformat(), "minutes_a_day": minutes}
        fit = lambda db, clock: scope.apply(db, clock, {"start_on": None, **texts})  # noqa: E731
        self.act(place, fit)

    @rule(place=DEVICES, question=QUESTIONS)
    def answer(self, place, question):
        text = self.text("answer")
        self.act(place, lambda db, clock: answers.save(db, clock, question, text), text)

    @rule(place=DEVICES, question=QUESTIONS, is_kept=st.booleans())
    def draft(self, place, question, is_kept):
        if is_kept:
            self.act(place, lambda db, clock: answers.keep_draft(db, clock, question, "typed"))
        else:
            self.act(place, lambda db, clock: answers.drop_draft(db, question))

    @rule(place=DEVICES, form=FORMS, is_kept=st.booleans())
    def draft_a_form(self, place, form, is_kept):
        """What is typed into a form is the device's own; it stays with what it is about."""
        db, drafts = self.devices[place].db, self.drafts[place]
        try:
            name = form(db)
            if is_kept:
                text = f"typed {len(self.texts)} {place}"
                form_drafts.keep(db, self.devices[place].clock, name, {"title": text})
                drafts[name] = text
            else:
                form_drafts.drop(db, name)
                drafts.pop(name, None)
        except PrepError:  # there is none such
            return

    @rule(place=DEVICES)
    def add_a_story(self, place):
        text = self.text("story")
        self.made["story"] += self.act(
            place, lambda db, clock: stories.save(db, clock, {"title": text}), text
        )

    @rule(place=DEVICES, number=NUMBERS, part=st.sampled_from(["situation", "metric", "title"]))
    def edit_a_story(self, place, number, part):
        text = self.text("part")
        story = f"ST-{number:03}"
        self.act(place, lambda db, clock: stories.save(db, clock, {part: text}, story), text)

    @rule(place=DEVICES, number=NUMBERS)
    def remove_a_story(self, place, number):
        self.act(place, lambda db, clock: stories.remove(db, clock, f"ST-{number:03}"))

    @rule(place=DEVICES, number=NUMBERS, question=QUESTIONS, is_kept=st.booleans())
    def link_a_story(self, place, number, question, is_kept):
        text = self.text("angle") if is_kept else None
        angles = {question: text}
        link = lambda db, clock: stories.link(db, clock, f"ST-{number:03}", angles)  # noqa: E731
        self.act(place, link, *([text] if text else []))

    @rule(place=DEVICES, sheet=st.sampled_from([BEHAVIORAL, SYSTEM_DESIGN]), category=NUMBERS)
    def add_an_own_question(self, place, sheet, category):
        text = self.text("question")
        fields = {
            "sheet": sheet,
            "category_position": category,
            "title": text,
            "notes": "why",
            "level": "EM",
            "difficulty": "Low",
        }
        add = lambda db, clock: own_questions.add(db, clock, fields)  # noqa: E731
        self.made["question WHERE own"] += self.act(place, add, text)

    @rule(place=DEVICES, number=NUMBERS, category=NUMBERS)
    def edit_an_own_question(self, place, number, category):
        text = self.text("title")
        fields = {"title": text, "category_position": category}
        edit = lambda db, clock: own_questions.edit(db, clock, f"X-{number:03}", fields)  # noqa: E731
        self.act(place, edit, text)

    @rule(place=DEVICES, number=NUMBERS, retired=st.booleans())
    def retire_an_own_question(self, place, number, retired):
        self.act(
            place, lambda db, clock: own_questions.retire(db, clock, f"X-{number:03}", retired)
        )

    @rule(place=DEVICES, ids=st.sets(QUESTIONS, min_size=1))
    def begin_a_pass(self, place, ids):
        text = self.text("pass")
        begin = lambda db, clock: passes.begin(db, clock, sorted(ids), text)  # noqa: E731
        self.made["pass"] += self.act(place, begin, text)

    @rule(place=DEVICES, question=QUESTIONS, rating=st.integers(1, 4))
    def rate(self, place, question, rating):
        rate = lambda db, clock: reviews.rate(db, clock, question, rating)  # noqa: E731
        self.made["review"] += self.act(place, rate)

    @rule(place=DEVICES, ids=st.sets(QUESTIONS, min_size=1, max_size=2))
    def start_a_mock(self, place, ids):
        start = lambda db, clock: mock.start(db, clock, "question", sorted(ids))  # noqa: E731
        self.made["attempt"] += self.act(place, start)

    @rule(place=DEVICES)
    def note_in_a_mock(self, place):
        attempt = mock.running(self.devices[place].db)
        if attempt:
            question = attempt.question_id
            self.act(
                place, lambda db, clock: mock_notes.note(db, attempt.id, question, "in a mock")
            )
            self.act(place, lambda db, clock: mock.next_question(db, clock, attempt.id, question))

    @rule(place=DEVICES, rating=st.integers(1, 4))
    def finish_a_mock(self, place, rating):
        attempt = mock.running(self.devices[place].db)
        if attempt:
            text = self.text("noted")
            for question in attempt.reached:
                self.act(
                    place, lambda db, clock, q=question: mock_notes.rate(db, attempt.id, q, rating)
                )
            last = attempt.question_id
            self.act(place, lambda db, clock: mock_notes.note(db, attempt.id, last, text))
            finish = lambda db, clock: mock.finish(db, clock, attempt.id, reviews.rate_edits)  # noqa: E731
            is_finished = self.act(place, finish, text)
            self.made["review"] += is_finished * len(attempt.reached)

    @rule(place=DEVICES, number=NUMBERS)
    def discard_a_mock(self, place, number):
        self.act(place, lambda db, clock: mock.discard(db, clock, f"MI-{number:03}"))

    @rule(place=DEVICES, question=QUESTIONS, minutes=st.integers(1, 90))
    def enter_time(self, place, question, minutes):
        text, day = self.text("time"), self.devices[place].clock.today()
        enter = lambda db, clock: time_spent.enter(db, clock, question, minutes, day, text)  # noqa: E731
        self.made["time_spent WHERE kind = 'manual'"] += self.act(place, enter, text)

    @rule(place=DEVICES, question=QUESTIONS.filter(lambda name: name < "X"))
    def count_time(self, place, question):
        self.act(place, lambda db, clock: time_spent.add(db, clock, question, "answering", 60))

    @rule(
        place=DEVICES, key=st.sampled_from(["pace", "level", "reviews_a_day"]), n=st.integers(0, 1)
    )
    def set_something(self, place, key, n):
        text = {
            "pace": ["1 questions", "60 minutes"],
            "level": ["EM", "DIR"],
            "reviews_a_day": ["5", None],
        }[key][n]
        self.act(place, lambda db, clock: settings.change(db, clock, {key: text}))

    @rule(place=DEVICES, days=st.integers(0, 30), key=st.sampled_from(["start_on", "target_on"]))
    def set_a_day(self, place, days, key):
        day = (self.devices[place].now + timedelta(days=days)).date().isoformat()
        self.act(place, lambda db, clock: settings.change(db, clock, {key: day}))

    @rule(place=DEVICES, permalink=ARTICLES, read=st.booleans())
    def read_an_article(self, place, permalink, read):
        self.act(place, lambda db, clock: reading.add_seconds(db, permalink, 60))
        self.act(place, lambda db, clock: reading.keep_place(db, permalink, "x", "X"))
        self.act(place, lambda db, clock: reading.mark_read(db, clock, permalink, read))

    @rule(place=DEVICES, permalink=ARTICLES)
    def note_a_section(self, place, permalink):
        text = self.text("section")
        note = lambda db, clock: reading.note_section(db, clock, permalink, "ST-001", text)  # noqa: E731
        self.act(place, note, text)

    @rule(place=DEVICES)
    def undo(self, place):
        self.act(place, undo_redo.undo)

    @rule(place=DEVICES)
    def redo(self, place):
        self.act(place, undo_redo.redo)

    @rule(place=DEVICES)
    def import_the_later_index(self, place):
        device = self.devices[place]
        importer.import_content(device.db, SECOND, "second", device.clock)

    # Exchange

    @rule(target=exports, place=DEVICES)
    def export(self, place):
        return self.devices[place].export()

    @rule(place=DEVICES, exported=exports)
    def take_in(self, place, exported):
        self.devices[place].take_in(exported)

    @rule(here=DEVICES, there=DEVICES)
    def exchange(self, here, there):
        self.devices[here].take_in(self.devices[there].export())

    # In the end

    def teardown(self):
        keys = set.union(*(device.keys() for device in self.devices))
        self.exchange_all()
        assert all(device.keys() == keys for device in self.devices)
        self.check_all_is_there()
        for device, drafts in zip(self.devices, self.drafts, strict=True):
            assert {form: form_drafts.get(device.db, form)["title"] for form in drafts} == drafts
        for device in self.devices:
            if undo_redo.last_undoable(device.db) is not None:
                self.check_undo(device)
        for device in self.devices:
            device.db.close()

    def exchange_all(self):
        """Pass on everything from device to device, twice around."""
        for place, _ in enumerate(self.devices):
            self.import_the_later_index(place)
        for place in range(6):
            self.exchange(here=(place + 1) % 3, there=place % 3)
        self.check_all_are_alike()

    def check_all_are_alike(self):
        first, *others = self.devices
        for other in others:
            assert other.held() == first.held()
            assert other.export() == first.export()

    def check_all_is_there(self):
        for device in self.devices:
            db = device.db
            assert_state_is_what_the_changes_make(db)
            kept = {json.loads(new) for (new,) in db.execute("SELECT new FROM history")}
            assert self.texts <= kept
            for table, count in self.made.items():
                assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == count, table
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []

    def check_undo(self, device):
        """Undo takes something back, redo brings it back, and all devices follow."""
        before = device.held()
        for turn in (undo_redo.undo, undo_redo.redo):
            assert turn(device.db, device.clock)
            exported = device.export()
            for other in self.devices:
                other.take_in(exported)
            self.check_all_are_alike()
        assert device.held() == before


def assert_state_is_what_the_changes_make(db):
    pairs = db.execute("SELECT DISTINCT subject, subject_id FROM history").fetchall()
    for subject, subject_id in pairs:
        row = change_rows.row_of(db, subject, subject_id)
        made = change_rows.state(db, subject, subject_id)
        assert {name: row[name] for name in made} == made, (subject, subject_id)


def test_devices_that_exchanged_all_hold_the_same(withstood):
    run_state_machine_as_test(
        Exchange,
        settings=limits(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            phases=[Phase.generate],  # made smaller, an example is tried for minutes
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
    withstood("three devices that exchange", EXAMPLES, "all of it on each, byte for byte")
