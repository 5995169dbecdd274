"""Questions kept between two looks at a database are those that a fresh look would read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from prep.clock import Clock
from prep.content import importer
from prep.content.sites import sources
from prep.exchange import restore_backup
from prep.planning import plan_items, schedule
from prep.planning.plan_items import InSequence
from prep.practice import answers
from prep.progress import own_questions, settings
from prep.progress.settings import Settings
from prep.progress.tracker import Tracker
from prep.store import backups, undo_redo
from prep.store.database import open_database, rolled_back
from tests.sample_plans import MONDAY, both, chosen, done


def fresh(db, wanted):
    return plan_items.in_sequence(plan_items._read(db, wanted), wanted)


@pytest.fixture
def reads(monkeypatch):
    """The ids that were asked for at each reading; None where all were."""
    asked = []
    read = plan_items._read

    def noting(db, wanted, ids=None):
        asked.append(ids)
        return read(db, wanted, ids)

    monkeypatch.setattr(plan_items, "_read", noting)
    return asked


def test_only_what_was_changed_is_read_again(db, tracker, reads):
    plan_items.load(db, Settings())
    plan_items.load(db, Settings())
    assert reads == [None]
    tracker.set_status(["L-02", "SD-001"], "done")
    found = plan_items.load(db, Settings())
    assert [sorted(ids or []) for ids in reads] == [[], ["L-02", "SD-001"]]
    assert {item.id for item in found if item.done_on} == {"L-02", "SD-001"}


def test_an_undo_is_read_again(db, tracker, clock):
    tracker.set_status("L-02", "done")
    plan_items.load(db, Settings())
    undo_redo.undo(db, clock)
    assert not any(item.done_on for item in plan_items.load(db, Settings()))


@pytest.mark.parametrize(
    ("body", "is_answer"),
    [
        ("## Requirements\n\n\n## Estimates\n", False),
        ("## Requirements\n\nMany users.\n\n## Estimates\n", True),
        ("```\n# code\n```\n", True),
        ("", False),
    ],
)
def test_an_outline_alone_saves_no_minutes(db, clock, body, is_answer):
    answers.save(db, clock, "SD-002", body)
    [item] = [item for item in plan_items.load(db, Settings()) if item.id == "SD-002"]
    assert item.minutes == (Settings().rehearsal_minutes if is_answer else item.whole_minutes)
    assert item.minutes < item.whole_minutes or not is_answer


def test_a_question_of_ones_own_takes_its_place(db, clock):
    plan_items.load(db, Settings())
    fields = {
        "sheet": "behavioral",
        "category_position": 1,
        "title": "Mine",
        "level": "EM",
        "difficulty": "High",
    }
    own = own_questions.add(db, clock, fields)
    found = plan_items.load(db, Settings())
    assert own in [item.id for item in found]
    assert found == fresh(db, Settings())


def test_other_settings_have_their_own_order_and_minutes(db):
    first = plan_items.load(db, Settings())
    director = plan_items.load(db, Settings(level="DIR", writing_minutes_high=90))
    assert first != director
    assert director == fresh(db, Settings(level="DIR", writing_minutes_high=90))
    assert plan_items.load(db, Settings()) == first


def test_a_restored_database_is_read_anew(db, db_path):
    tracker = Tracker(db, Clock())  # two changes are never at the same instant
    tracker.set_status("L-01", "done")
    made = backups.automatic(db_path, "asked")
    tracker.set_status("L-02", "done")
    plan_items.load(db, Settings())
    restore_backup.restore(made.path, db_path)
    with open_database(db_path) as restored:
        Tracker(restored, Clock()).set_status("L-03", "done")
        found = plan_items.load(restored, Settings())
    assert {item.id for item in found if item.done_on} == {"L-01", "L-03"}


def test_newer_content_is_read_anew(db, clock):
    plan_items.load(db, Settings())
    content = sources.read_content(sources.SHIPPED_INDEX)
    first, second = content.sheets
    shorter = replace(first, questions=first.questions[:-1])
    later = replace(content, fingerprint="later", sheets=(shorter, second))
    importer.import_content(db, later, "later", clock)
    assert len(plan_items.load(db, Settings())) == 290


def test_what_is_rolled_back_is_not_kept(db, tracker):
    plan_items.load(db, Settings())
    with rolled_back(db):
        tracker.set_status("L-02", "done")
        assert any(item.done_on for item in plan_items.load(db, Settings()))
    assert not any(item.done_on for item in plan_items.load(db, Settings()))


def test_a_plan_of_kept_questions_is_that_of_fresh_ones(db, tracker):
    wanted = settings.Settings(start_on=MONDAY)
    for turn, question in enumerate(["L-01", "SD-003", "L-04"]):
        kept = plan_items.load(db, wanted)
        day = MONDAY + timedelta(days=turn)
        assert schedule.plan(kept, wanted, day) == schedule.plan(fresh(db, wanted), wanted, day)
        assert schedule.baseline(kept, wanted, day) == schedule.baseline(
            fresh(db, wanted), wanted, day
        )
        tracker.edit({question: {"status": "done"}, "L-07": {"skipped": turn % 2}})


def test_what_is_remembered_follows_what_it_depends_on():
    made = InSequence(both(20), "EM+DIR", generation=-1)
    first = schedule.baseline(made, chosen(), MONDAY)
    assert schedule.baseline(made, chosen(), MONDAY) is first
    earlier = done(made[0], MONDAY - timedelta(days=3))
    changed = InSequence([earlier, *made[1:]], "EM+DIR", made.generation)
    assert len(schedule.baseline(changed, chosen(), MONDAY)) == len(first) - 1


def test_questions_of_another_generation_have_results_of_their_own():
    made = InSequence(both(20), "EM+DIR", generation=-2)
    other = InSequence(both(10), "EM+DIR", generation=-3)
    of_made = len(schedule.baseline(made, chosen(), MONDAY))
    assert len(schedule.baseline(other, chosen(), MONDAY)) < of_made
    assert len(schedule.baseline(made, chosen(), MONDAY)) == of_made


def test_each_reading_of_a_whole_database_is_another_generation(db):
    first = plan_items.load(db, Settings()).generation
    other = plan_items.load(db, Settings(reading_minutes=40)).generation
    assert other == plan_items.last_generation() != first
