"""Questions of one's own: in every list, left alone by imports."""

import pytest

from prep.content import importer, questions, search
from prep.content.sites import sources
from prep.errors import InvalidValue, UnknownQuestion
from prep.planning import plan_items
from prep.practice import answers, reviews
from prep.progress import coverage, own_questions, time_spent
from prep.progress.settings import Settings
from prep.progress.tracker import Tracker
from prep.store import change_list, undo_redo

ASKED = {
    "sheet": "behavioral",
    "category_position": 1,
    "title": "  How do you  run a quokka programme? ",
    "notes": "asked at the second round",
    "level": "EM",
    "difficulty": "High",
}


@pytest.fixture
def own(db, clock):
    return own_questions.add(db, clock, ASKED)


def test_an_own_question_is_treated_like_the_others(db, tracker, clock, own):
    assert own == "X-001"
    row = questions.get(db, own)
    assert (row.title, row.category) == ("How do you run a quokka programme?", "Leadership")
    assert coverage.totals(db)["behavioral"]["total"] == 172
    assert tracker.set_status(own, "done") == 1
    assert own in {item.id for item in plan_items.load(db, Settings())}
    assert [hit.id for hit in search.search(db, "quokka").hits] == [own]
    assert own in {row.id for row in questions.find(db, {"category": ["behavioral:1"]})}


def test_imports_leave_own_questions_alone(db, tracker, clock, own):
    tracker.set_status(own, "drafted")
    content = sources.read_content(sources.SHIPPED_INDEX)
    report = importer.import_content(db, content, "again", clock)
    assert report.counts["questions"].retired == 0
    assert questions.get(db, own).status == "drafted"
    assert not questions.get(db, own).retired
    assert [hit.id for hit in search.search(db, "quokka").hits] == [own]


def test_editing_retiring_and_undo(db, clock, own):
    assert own_questions.edit(db, clock, own, {"title": "Tell me about wombats"})
    assert not own_questions.edit(db, clock, own, {"title": "Tell me about wombats"})
    assert [hit.id for hit in search.search(db, "wombats").hits] == [own]
    assert own_questions.retire(db, clock, own)
    assert search.search(db, "wombats").hits == []
    assert coverage.totals(db)["behavioral"]["total"] == 171
    for _ in range(2):
        undo_redo.undo(db, clock)
    assert questions.get(db, own).title == "How do you run a quokka programme?"
    undo_redo.undo(db, clock)
    with pytest.raises(UnknownQuestion):
        questions.get(db, own)


def test_what_was_undone_takes_nothing_until_it_is_redone(db, clock, own):
    undo_redo.undo(db, clock)
    writes = (
        lambda: Tracker(db, clock).edit({own: {"personal_notes": "kept"}}),
        lambda: answers.save(db, clock, own, "kept"),
        lambda: time_spent.enter(db, clock, own, 10, clock.today()),
        lambda: reviews.rate(db, clock, own, 3),
    )
    for write in writes:
        with pytest.raises(UnknownQuestion):
            write()
    undo_redo.redo(db, clock)
    Tracker(db, clock).edit({own: {"personal_notes": "kept"}})
    assert questions.get(db, own).personal_notes == "kept"


def test_an_id_is_never_used_twice(db, clock, own):
    own_questions.retire(db, clock, own)
    assert own_questions.add(db, clock, ASKED) == "X-002"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": "  "}, "needs words"),
        ({"title": "x" * 501}, "at most 500"),
        ({"sheet": "cooking"}, "no sheet 'cooking'"),
        ({"category_position": 99}, "no category 99"),
        ({"level": "CTO"}, "has a level"),
        ({"difficulty": None}, "and a difficulty"),
    ],
)
def test_what_is_no_question_is_refused(db, clock, change, why):
    with pytest.raises(InvalidValue, match=why):
        own_questions.add(db, clock, ASKED | change)
    assert change_list.data_version(db) == 0


def test_a_system_design_question_has_neither_level_nor_difficulty(db, clock):
    added = own_questions.add(db, clock, ASKED | {"sheet": "system-design"})
    row = questions.get(db, added)
    assert (row.level, row.difficulty, row.phase) == (None, None, None)


def test_the_sheets_own_questions_cannot_be_edited(db, clock):
    with pytest.raises(UnknownQuestion, match="of your own 'L-01'"):
        own_questions.edit(db, clock, "L-01", {"title": "x"})
