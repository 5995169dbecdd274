"""A page that shows old data never overwrites newer data silently: both are shown."""

import pytest

from prep.clock import Clock
from prep.practice import answers, mock, stories
from prep.progress.tracker import Tracker
from prep.store import change_list

from .conftest import texts


@pytest.fixture
def tab(open_page, db, tracker):
    """A question's page that was open while its notes were changed elsewhere."""
    test = open_page("question", id="L-01", view="details")
    tracker.edit({"L-01": {"personal_notes": "from the phone"}})
    return test


def type_notes(test, text):
    test.text_area(key="personal_notes-L-01").set_value(text).run()
    assert not test.exception


def test_both_values_are_shown_and_nothing_is_overwritten(tab, tracker):
    type_notes(tab, "from the laptop")
    assert tracker.state("L-01").personal_notes == "from the phone"
    shown = texts(tab)
    assert "Changed elsewhere while this page was open" in shown
    assert [text.value for text in tab.text if text.value.startswith("from")] == [
        "from the phone",
        "from the laptop",
    ]


def test_mine_can_be_used(tab, db, tracker):
    type_notes(tab, "from the laptop")
    tab.button(key="use-mine").click().run()
    assert tracker.state("L-01").personal_notes == "from the laptop"
    assert "Changed elsewhere" not in texts(tab)
    told = [(c.old, c.new) for c in change_list.changes(db, field="personal_notes")]
    assert told[0] == ("from the phone", "from the laptop"), "nothing is lost"


def test_theirs_can_be_kept(tab, tracker):
    type_notes(tab, "from the laptop")
    tab.button(key="keep-theirs").click().run()
    assert tracker.state("L-01").personal_notes == "from the phone"
    assert "Changed elsewhere" not in texts(tab)
    type_notes(tab, "seen, and changed")
    assert tracker.state("L-01").personal_notes == "seen, and changed"


def test_another_field_is_in_nobodys_way(tab, tracker):
    tab.segmented_control(key="status-L-01").set_value("done").run()
    state = tracker.state("L-01")
    assert (state.status, state.personal_notes) == ("done", "from the phone")


def test_the_same_value_is_no_conflict(tab, tracker):
    type_notes(tab, "from the phone")
    assert "Changed elsewhere" not in texts(tab)


def test_ones_own_changes_are_no_conflict(open_page, db, tracker):
    test = open_page("question", id="L-01", view="details")
    for text in ("one", "two", "three"):
        type_notes(test, text)
    assert tracker.state("L-01").personal_notes == "three"


def test_undo_takes_back_nothing_that_was_not_seen(tab, tracker):
    tab.button(key="undo").click().run()
    assert tracker.state("L-01").personal_notes == "from the phone"
    assert "the last change was made elsewhere" in tab.error[0].value
    tab.button(key="undo").click().run()
    assert tracker.state("L-01").personal_notes == ""


def end_early(*_args, **_kwargs):
    raise RuntimeError("as where a click comes in between")


@pytest.mark.parametrize(
    "where",
    [
        "shell.frame.search_box.draw_button",
        "visit.session.importer.open_filled",
        "shell.frame.conflict.draw",
        "question.progress_form.draw_notes",
        "shell.frame.backups.draw_daily",
    ],
)
def test_a_run_that_ends_early_has_shown_nothing_newer(open_page, tracker, monkeypatch, where):
    """Wherever it ends: the browser still shows what was drawn before, and may be clicked there."""
    test = open_page("question", id="L-01", view="details")
    drawn = test._tree
    tracker.edit({"L-01": {"personal_notes": "from the phone"}})
    with monkeypatch.context() as patched:
        patched.setattr(f"prep.ui.{where}", end_early)
        assert test.run().exception
    test._tree = drawn
    type_notes(test, "from the laptop")
    assert tracker.state("L-01").personal_notes == "from the phone"
    assert "Changed elsewhere" in texts(test)


def test_who_has_seen_nothing_overwrites_nothing(open_page, tracker, monkeypatch):
    tracker.edit({"L-01": {"personal_notes": "from the phone"}})
    test = open_page("question", id="L-01", view="details")
    del test.session_state["seen"], test.session_state["seen_once_drawn"]
    type_notes(test, "from the laptop")
    assert tracker.state("L-01").personal_notes == "from the phone"


def test_a_story_of_an_old_tab_overwrites_nothing(open_page, db, clock):
    story = stories.save(db, clock, {"title": "The migration", "action": "I led it"})
    test = open_page("stories", story=story)
    stories.save(db, clock, {"action": "I led it, from the phone"}, story)
    area = next(a for a in test.text_area if a.label == "Action")
    area.set_value("I led it, from the laptop")
    next(b for b in test.button if b.label == "Save story").click().run()
    assert stories.get(db, story).action == "I led it, from the phone"
    test.button(key="use-mine").click().run()
    assert stories.get(db, story).action == "I led it, from the laptop"


def test_the_command_line_and_the_page_know_of_each_other(open_page, db, clock):
    test = open_page("sheets")
    Tracker(db, clock).set_status("SD-001", "done")
    seen = test.session_state["seen"]
    assert (seen.version, seen.own) == (0, set())
    assert answers.get(db, "SD-001") == ""


def test_a_second_refused_write_takes_nothing_from_the_first(open_page, tracker):
    test = open_page("question", id="L-01", view="details")
    tracker.edit({"L-01": {"personal_notes": "from the phone", "confidence": 1}})
    type_notes(test, "from the laptop")
    test.segmented_control(key="confidence-L-01").set_value(5)
    tracker.edit({"L-01": {"personal_notes": "from the phone again"}})
    type_notes(test, "from the laptop again")
    assert shown_conflicts(test) == [("from the phone again", "from the laptop again")]
    other = open_page("question", id="L-02", view="details")
    tracker.edit({"L-02": {"personal_notes": "also from the phone"}})
    other.text_area(key="personal_notes-L-02").set_value("also from the laptop").run()
    assert shown_conflicts(other) == [
        ("from the phone again", "from the laptop again"),
        ("also from the phone", "also from the laptop"),
    ]
    other.button(key="use-mine-1").click().run()
    assert tracker.state("L-02").personal_notes == "also from the laptop"
    assert shown_conflicts(other) == [("from the phone again", "from the laptop again")]


def shown_conflicts(test):
    values = [text.value for text in test.text if "from the" in text.value]
    return list(zip(values[::2], values[1::2], strict=True))


def test_what_was_refused_is_there_after_the_page_was_closed(tab, open_page, tracker):
    type_notes(tab, "from the laptop")
    later = open_page("today")
    assert shown_conflicts(later) == [("from the phone", "from the laptop")]
    later.button(key="use-mine").click().run()
    assert tracker.state("L-01").personal_notes == "from the laptop"
    assert "Changed elsewhere" not in texts(later)


def test_notes_of_a_mock_interview_in_an_old_tab_overwrite_nothing(open_page, db):
    attempt = mock.start(db, Clock(), "question", ["L-01"])
    key = f"note-{attempt}-L-01"
    old, new = open_page("mock"), open_page("mock")
    new.text_area(key=key).set_value("a long text from the other tab").run()
    old.text_area(key=key).set_value("one letter from the old one").run()
    assert mock.running(db).notes == {"L-01": "a long text from the other tab"}
    assert shown_conflicts(old) == [
        ("a long text from the other tab", "one letter from the old one")
    ]
    assert old.text_area(key=key).value == "a long text from the other tab"
    old.text_area(key=key).set_value("seen, and changed").run()
    assert mock.running(db).notes == {"L-01": "seen, and changed"}


@pytest.mark.parametrize("key", ["use-mine", "keep-theirs"])
def test_it_is_chosen_once_whichever_tab_chooses(tab, open_page, tracker, key):
    type_notes(tab, "from the laptop")
    other = open_page("today")
    tab.button(key=key).click().run()
    before = tracker.state("L-01").personal_notes
    other.button(key="use-mine").click().run()
    assert not other.exception
    assert tracker.state("L-01").personal_notes == before
