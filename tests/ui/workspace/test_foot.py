"""What stands at the foot of a question: done, put off, left out, and on to the next."""

import pytest

from prep.clock import Clock
from prep.planning import daily_session, plan_status
from prep.practice import answers
from prep.progress.tracker import Tracker

TODAY = {"from": "today"}


def todays(db):
    plan = plan_status.load(db, Clock().today())
    found = daily_session.of_day(db, plan.today)
    return [item.id for item in daily_session.questions_of_day(plan, found)]


@pytest.fixture
def tracker(db):
    """By the clock of the page, whose day it is."""
    return Tracker(db, Clock())


@pytest.fixture
def running(planned):
    daily_session.begin(planned, Clock(), todays(planned))
    return planned


@pytest.fixture
def shown(open_page):
    """Return a function that opens a question of today, as the session does."""
    return lambda question_id: open_page("question", id=question_id, **TODAY)


def press(test, key):
    test.button(key=key).click().run()
    assert not test.exception
    return test


def finish(test, confidence):
    return press(press(test, "done-next"), f"sure-{confidence}")


def is_at(test, question_id):
    return test.query_params == {"id": question_id, **TODAY}


def test_done_asks_how_sure_one_is_and_goes_on(running, shown, tracker):
    first, second, *_ = todays(running)
    test = press(shown(first), "done-next")
    assert tracker.state(first).status == "todo", "not before the answer"
    press(test, "sure-4")
    found = tracker.state(first)
    assert (found.status, found.confidence) == ("done", 4)
    assert is_at(test, second)
    assert tracker.state(second).status == "in_progress", "what the session leads to is begun"


def test_what_the_step_did_is_one_undo(running, shown, tracker):
    first, second, *_ = todays(running)
    press(finish(shown(first), 5), "undo")
    assert [tracker.state(q).status for q in (first, second)] == ["todo", "todo"]


def test_confidence_can_be_left_open(running, shown, tracker):
    first = todays(running)[0]
    finish(shown(first), "unsaid")
    assert tracker.state(first).confidence is None
    assert tracker.state(first).status == "done"


def test_what_was_typed_is_saved_with_done(running, shown):
    first = todays(running)[0]
    answers.keep_draft(running, Clock(), first, "Said in one line.")
    finish(shown(first), 3)
    assert answers.get(running, first) == "Said in one line."
    assert answers.draft(running, first) is None


def test_the_last_one_ends_the_session_with_its_summary(running, shown, tracker):
    *others, last = todays(running)
    tracker.set_status(others, "done")
    test = finish(shown(last), 3)
    assert test.title[0].value == "Session"
    assert daily_session.running(running, Clock()) is None


def test_later_today_puts_it_behind_the_others(running, shown):
    first, *others = todays(running)
    test = press(shown(first), "later-today")
    assert todays(running) == [*others, first]
    assert is_at(test, others[0])


def test_the_only_one_left_is_not_put_behind_itself(running, shown, tracker):
    *others, last = todays(running)
    tracker.set_status(others, "done")
    assert "later-today" not in {button.key for button in shown(last).button}


def test_tomorrow_moves_it_and_goes_on(running, shown, tracker):
    first, second, *_ = todays(running)
    test = press(shown(first), "foot-tomorrow")
    assert tracker.state(first).moved_to > Clock().today().isoformat()
    assert first not in todays(running)
    assert is_at(test, second)


def test_skip_leaves_it_out_of_the_plan_and_goes_on(running, shown, tracker):
    first, second, *_ = todays(running)
    test = press(shown(first), "foot-skip")
    assert tracker.state(first).skipped
    assert is_at(test, second)
    press(test, "undo")
    assert not tracker.state(first).skipped


def test_previous_and_next_walk_through_the_list(running, shown):
    first, second, *_ = todays(running)
    test = shown(first)
    assert test.button(key="foot-previous").disabled
    assert is_at(press(test, "foot-next"), second)
    assert is_at(press(test, "foot-previous"), first)


def test_without_a_session_it_goes_on_in_its_own_list(open_page, planned, tracker):
    chosen = "sheets?sheet=Behavioral&status=To+do&level=DIR"
    ids = [
        question_id
        for (question_id,) in planned.execute(
            "SELECT id FROM tracker WHERE sheet = 'behavioral' AND level = 'DIR' ORDER BY position"
        )
    ]
    test = finish(open_page("question", id=ids[3], **{"from": chosen}), 2)
    assert test.query_params == {"id": ids[4], "from": chosen}
    assert tracker.state(ids[4]).status == "todo", "only a session begins what it leads to"


def test_at_the_end_of_a_list_it_goes_back_to_it(open_page, planned, tracker):
    ids = [q for (q,) in planned.execute("SELECT id FROM tracker WHERE category_position = 16")]
    last = max(q for q in ids if q.startswith("SD"))
    test = finish(open_page("question", id=last), 2)
    assert test.title[0].value == "Sheets"
    assert test.query_params["sheet"] == "System design"


def test_a_question_that_is_done_offers_the_next_alone(running, shown, tracker):
    first, second, *_ = todays(running)
    tracker.set_status(first, "done")
    test = shown(first)
    keys = {button.key for button in test.button}
    assert not keys & {"done-next", "later-today", "foot-tomorrow", "foot-skip"}
    assert is_at(press(test, "go-on"), second)


def test_a_refused_step_stays_where_it_is(running, shown, db):
    first = todays(running)[0]
    test = press(shown(first), "done-next")
    db.execute("DROP TABLE session_question")
    db.execute("ALTER TABLE progress RENAME TO away")
    test.button(key="sure-3").click().run()
    assert test.query_params["id"] == first


def test_another_tab_that_finished_it_meanwhile_is_not_overwritten(running, shown, tracker):
    first = todays(running)[0]
    test = press(shown(first), "done-next")
    tracker.edit({first: {"status": "done", "confidence": 1}})
    press(test, "sure-5")
    assert tracker.state(first).confidence == 1
