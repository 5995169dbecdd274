"""Writes refused for newer data: kept until the person has chosen, each beside the others."""

from contextlib import contextmanager

import pytest

from prep.errors import ChangedElsewhere, ExportFormatError, InvalidValue
from prep.exchange import conflicts
from prep.exchange.validation import refuse_unreadable
from prep.practice import answers, mock, mock_notes, stories
from prep.progress import settings
from prep.progress.tracker import Tracker
from prep.store import change_list, change_log, renumber, snapshots
from prep.store.database import open_database, writing


@contextmanager
def refused(db, clock, visit="0a1b2c3d"):
    """Run a write as a page does that has seen nothing of what was changed since; keep it."""
    with (
        snapshots.detect_conflicts(snapshots.Snapshot(0)),
        pytest.raises(ChangedElsewhere) as caught,
    ):
        yield
    conflicts.keep(db, clock, caught.value, visit)


def type_notes(db, clock, text, question_id="L-01", **options):
    with refused(db, clock, **options):
        Tracker(db, clock).edit({question_id: {"personal_notes": text}})


@pytest.fixture
def phone(db, tracker):
    """Notes that were written elsewhere."""
    tracker.edit({name: {"personal_notes": "from the phone"} for name in ("L-01", "L-02")})


def shown(db):
    return [
        [(f.subject_id, f.field, f.old, f.new) for f in one.fields]
        for one in conflicts.unresolved(db)
    ]


def test_both_texts_are_kept_for_whoever_opens_the_database_next(phone, db_path, db, clock):
    type_notes(db, clock, "from the laptop")
    with open_database(db_path) as again:
        assert shown(again) == [[("L-01", "personal_notes", "from the phone", "from the laptop")]]


def test_a_second_refused_write_takes_nothing_from_the_first(phone, db, clock):
    type_notes(db, clock, "one")
    type_notes(db, clock, "two", "L-02")
    type_notes(db, clock, "in another tab", visit="ffffffff")
    assert {field[3] for [field] in shown(db)} == {"one", "two", "in another tab"}


def test_of_what_is_typed_letter_by_letter_the_last_stays(phone, db, clock):
    for text in ("f", "fr", "from the laptop"):
        type_notes(db, clock, text)
    assert [field[3] for [field] in shown(db)] == ["from the laptop"]


def test_dropped_it_is_gone_and_what_is_there_stays(phone, db, clock, tracker):
    type_notes(db, clock, "from the laptop")
    conflicts.drop(db, conflicts.unresolved(db)[0].key)
    assert shown(db) == []
    assert tracker.state("L-01").personal_notes == "from the phone"


def test_used_it_is_written_and_both_are_in_the_history(phone, db, clock, tracker):
    type_notes(db, clock, "from the laptop")
    conflicts.use(db, clock, conflicts.unresolved(db)[0])
    assert shown(db) == []
    assert tracker.state("L-01").personal_notes == "from the laptop"
    told = change_list.changes(db, subject_id="L-01", field="personal_notes")
    assert [(c.old, c.new) for c in told] == [
        ("from the phone", "from the laptop"),
        ("", "from the phone"),
    ]


def test_the_rest_of_the_same_write_is_written_with_it(db, clock):
    story = stories.save(db, clock, {"title": "The migration", "action": "I led it"})
    stories.save(db, clock, {"action": "from the phone"}, story)
    seen = snapshots.Snapshot(change_list.data_version(db) - 1)
    with snapshots.detect_conflicts(seen), pytest.raises(ChangedElsewhere) as caught:
        stories.save(db, clock, {"action": "from the laptop", "result": "it held"}, story)
    conflicts.keep(db, clock, caught.value, "0a1b2c3d")
    assert [[field[1] for field in fields] for fields in shown(db)] == [["action"]]
    conflicts.use(db, clock, conflicts.unresolved(db)[0])
    saved = stories.get(db, story)
    assert (saved.action, saved.result) == ("from the laptop", "it held")


def test_what_was_changed_once_more_since_it_was_shown_is_not_overwritten(
    phone, db, clock, tracker
):
    type_notes(db, clock, "from the laptop")
    drawn = conflicts.unresolved(db)[0]
    tracker.edit({"L-01": {"personal_notes": "from the phone, again"}})
    with pytest.raises(InvalidValue, match="once more"):
        conflicts.use(db, clock, drawn)
    assert tracker.state("L-01").personal_notes == "from the phone, again"
    conflicts.use(db, clock, conflicts.unresolved(db)[0])
    assert tracker.state("L-01").personal_notes == "from the laptop"


def test_chosen_in_two_tabs_it_is_written_once(phone, db, clock, tracker):
    type_notes(db, clock, "from the laptop")
    drawn = conflicts.unresolved(db)[0]
    conflicts.use(db, clock, drawn)
    before = change_list.data_version(db)
    conflicts.use(db, clock, drawn)
    assert change_list.data_version(db) == before


def test_what_holds_by_now_what_was_to_be_written_is_no_conflict(phone, db, clock, tracker):
    type_notes(db, clock, "the same")
    tracker.edit({"L-01": {"personal_notes": "the same"}})
    assert shown(db) == []


def test_settings_are_held_to_it_too(db, clock):
    settings.change(db, clock, {"level": "DIR"})
    with refused(db, clock):
        settings.change(db, clock, {"level": "EM"})
    assert [field[1] for [field] in shown(db)] == ["value"]


def test_it_follows_a_question_that_gets_another_id(phone, db, clock):
    type_notes(db, clock, "from the laptop")
    renumber.questions(db, {"L-01": "L-02", "L-02": "L-01"})
    assert [field[0] for [field] in shown(db)] == ["L-02"]


def test_a_draft_written_elsewhere_is_not_replaced(db, clock):
    answers.keep_draft(db, clock, "L-01", "one", seen="")
    answers.keep_draft(db, clock, "L-01", "a long text from the other tab", seen="one")
    with refused(db, clock):
        answers.keep_draft(db, clock, "L-01", "one letter", seen="one")
    assert answers.draft(db, "L-01") == "a long text from the other tab"
    conflicts.use(db, clock, conflicts.unresolved(db)[0])
    assert answers.draft(db, "L-01") == "one letter"


def test_what_was_saved_elsewhere_is_not_hidden_by_a_draft(db, clock):
    answers.save(db, clock, "L-01", "saved by the other tab")
    with refused(db, clock):
        answers.keep_draft(db, clock, "L-01", "one letter", seen="")
    assert answers.typed(db, "L-01") == "saved by the other tab"


def test_a_draft_that_was_changed_elsewhere_is_not_discarded(db, clock):
    answers.keep_draft(db, clock, "L-01", "longer than what was seen", seen="")
    with pytest.raises(InvalidValue, match="changed elsewhere"):
        answers.discard_draft(db, "L-01", "longer")
    answers.discard_draft(db, "L-01", "longer than what was seen")
    assert answers.draft(db, "L-01") is None


def finish(db, clock, attempt):
    mock.next_question(db, clock, attempt, "L-01")
    mock_notes.rate(db, attempt, "L-01", 3)
    mock.finish(db, clock, attempt)


@pytest.mark.parametrize("is_over", [False, True])
def test_notes_of_a_mock_interview_are_not_replaced_either(db, clock, is_over):
    attempt = mock.start(db, clock, "question", ["L-01"])
    mock_notes.note(db, attempt, "L-01", "a long text from the other tab", seen="")
    with refused(db, clock):
        mock_notes.note(db, attempt, "L-01", "one letter", seen="")
    if is_over:
        finish(db, clock, attempt)
    note = f"{attempt}#L-01"
    assert mock_notes.noted(db, note) == "a long text from the other tab"
    conflicts.use(db, clock, conflicts.unresolved(db)[0])
    assert mock_notes.noted(db, note) == "one letter"


@pytest.mark.parametrize(
    "wrong",
    [
        "subject = 'nowhere'",
        "field = 'no_field'",
        "field = 'status\" FROM progress --'",
        "mine = '[1]'",
        "mine = 'no JSON'",
        "at = 'yesterday'",
        "subject = 'answer_draft'",
        "subject = 'answer_draft', field = 'text', mine = '1'",
    ],
)
def test_a_backup_with_what_no_prep_refused_is_not_taken(phone, db, clock, wrong):
    type_notes(db, clock, "from the laptop")
    refuse_unreadable(db, "a backup")
    db.execute(f"UPDATE conflict SET {wrong}")
    with pytest.raises(ExportFormatError, match="no Prep wrote"):
        refuse_unreadable(db, "a backup")


def save_seen(db, clock, text):
    """Save a draft as a page does that shows all that was changed."""
    with snapshots.detect_conflicts(snapshots.Snapshot(change_list.data_version(db))):
        answers.save_draft(db, clock, "L-01", text)


def test_an_answer_saved_elsewhere_under_a_draft_is_not_overwritten(db, clock):
    answers.keep_draft(db, clock, "L-01", "from the laptop")
    with writing(db):  # as another device's change comes in: it drops no draft
        change_log.write(db, clock, "answer", {"L-01": {"body": "from the phone"}})
    answers.keep_draft(db, clock, "L-01", "from the laptop!")
    with pytest.raises(ChangedElsewhere) as refused:
        save_seen(db, clock, "from the laptop!")
    [field] = refused.value.fields
    assert (field.field, field.old, field.new) == ("body", "from the phone", "from the laptop!")
    assert answers.draft(db, "L-01") == "from the laptop!"

    conflicts.keep(db, clock, refused.value, "0a1b2c3d")
    conflicts.use(db, clock, conflicts.unresolved(db)[0])
    assert (answers.get(db, "L-01"), answers.draft(db, "L-01")) == ("from the laptop!", None)
    answers.keep_draft(db, clock, "L-01", "typed later")
    save_seen(db, clock, "typed later")
    assert answers.get(db, "L-01") == "typed later"
