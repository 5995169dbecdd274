"""A review session: what is shown, rated, and said of it."""

from datetime import timedelta

import pytest

from prep.clock import Clock
from prep.practice import answers, review_queue, review_schedule, reviews
from prep.practice.review_failures import TOO_MANY
from prep.progress import settings
from prep.store import undo_redo
from tests.pages.conftest import texts, unfold

pytestmark = pytest.mark.usefixtures("one_day")


YESTERDAY = Clock().today() - timedelta(days=1)


@pytest.fixture
def prepared(db, tracker):
    tracker.set_status(["L-01", "L-02"], "done", on=YESTERDAY)
    return db


@pytest.fixture
def one(db, tracker):
    """One question that is due."""
    tracker.set_status("L-01", "done", on=YESTERDAY)
    return db


def rated(test, rating):
    test.button(key="reveal").click().run()
    return test.button(key=f"rate-{rating}").click().run()


def progress(test):
    return test.get("progress")[0].proto.text


def links(test):
    return [link.proto.label for link in test.get("page_link")]


def spelled(day):
    return f"{day:%A}, {day.day} {day:%b %Y}"


def test_empty_it_says_what_takes_part(open_page, db):
    test = open_page("review")
    shown = texts(test)
    assert "Nothing is due today" in shown
    assert "drafted or done: its first review is a day later" in shown
    assert "Go on with today's questions" in links(test)


def test_with_nothing_due_it_says_what_comes_next_and_when(open_page, db, tracker):
    tracker.set_status(["L-01", "L-02"], "done", on=Clock().today())
    tomorrow = Clock().today() + timedelta(days=1)
    test = open_page("review")
    shown = texts(test)
    assert "Nothing is due today" in shown
    assert f"Next: 2 reviews on {spelled(tomorrow)}, in 1 day." in shown
    assert "Go on with today's questions" in links(test)


def test_the_next_due_day_stands_under_each_rating(open_page, prepared):
    test = open_page("review")
    item = review_queue.due(prepared, Clock(), settings.load(prepared))[0]
    test.button(key="reveal").click().run()
    shown = [caption.value for caption in test.caption]
    due = reviews.preview(prepared, item, Clock(), settings.load(prepared))
    easy = review_schedule.due_day(due[4], Clock())
    assert "once more today" in shown
    assert any(value.startswith(f"{easy.day} {easy:%b %Y}, in ") for value in shown)


@pytest.mark.parametrize("rating", [2, 3, 4])
def test_a_rating_counts_and_the_card_leaves(open_page, one, rating):
    test = open_page("review")
    assert progress(test) == "0 of 1 done for today"
    rated(test, rating)
    assert test.success[0].value == "1 of 1 done for today. Nothing more is due."
    assert "Next: 1 review on " in texts(test)


def test_again_counts_and_comes_back_once_at_the_end_also_after_a_reload(open_page, prepared):
    test = rated(open_page("review"), 1)
    assert progress(test) == "1 of 2 done for today, 1 once more"
    assert "comes back once at the end" in texts(test)
    test = rated(open_page("review"), 3)
    assert progress(test) == "2 of 2 done for today, 1 once more"
    test = open_page("review")
    test.button(key="reveal").click().run()
    assert "once more today" not in texts(test)
    test.button(key="rate-1").click().run()
    assert test.success[0].value == "2 of 2 done for today. Nothing more is due."
    assert kept_ratings(prepared) == [("L-01", 1), ("L-02", 3), ("L-01", 1)]


def test_blind_hides_level_and_difficulty_until_it_is_rated(open_page, prepared, clock):
    settings.change(prepared, clock, {"practise_blind": "on"})
    test = open_page("review")
    assert "High" not in texts(test)
    test.button(key="reveal").click().run()
    assert "High" not in "\n".join(caption.value for caption in test.caption)
    test.button(key="rate-4").click().run()
    assert r"Easy: L\-01 · Leadership · EM\+DIR · High · again" in texts(test)


def test_what_was_rated_and_taken_back_is_not_said(open_page, prepared):
    test = rated(open_page("review"), 4)
    assert "Easy: " in texts(test)
    test.button(key="undo").click().run()
    assert "Easy: " not in texts(test)
    assert reviews.logs(prepared, "L-01") == []


def test_what_the_daily_maximum_holds_back_is_said(open_page, prepared, clock):
    settings.change(prepared, clock, {"reviews_a_day": "1"})
    test = rated(open_page("review"), 4)
    assert "the most that you set for a day. 1 more can wait." in test.success[0].value


def test_with_all_reviewed_nothing_more_is_due(open_page, prepared):
    test = rated(rated(open_page("review"), 4), 4)
    assert test.success[0].value == "2 of 2 done for today. Nothing more is due."


def test_every_setting_of_reviews_is_changed(open_page, prepared):
    test = unfold(open_page("review"), "settings")
    interview = Clock().today() + timedelta(days=60)
    test.slider(key="desired_retention").set_value(0.85).run()
    test.number_input(key="reviews_a_day").set_value(7).run()
    test.date_input(key="target_on").set_value(interview).run()
    test.toggle(key="practise_blind").set_value(True).run()
    kept = settings.load(prepared)
    assert (kept.desired_retention, kept.reviews_a_day, kept.target_on, kept.practise_blind) == (
        0.85,
        7,
        interview,
        True,
    )
    undo_redo.undo(prepared, Clock())
    assert not settings.load(prepared).practise_blind


def kept_ratings(db):
    return [
        (question_id, rating)
        for question_id, rating in db.execute(
            "SELECT question_id, rating FROM review WHERE NOT removed ORDER BY at"
        )
    ]


def rate_as_drawn(test, drawn, rating):
    """Press a rating as it stands in an earlier drawing of the page."""
    test._tree = drawn
    return test.button(key=f"rate-{rating}").click().run()


@pytest.mark.parametrize("second", [4, 1])
def test_a_second_press_of_a_rating_is_ignored(open_page, db, tracker, second):
    tracker.set_status(["SD-001", "SD-002"], "done", on=YESTERDAY)
    test = open_page("review")
    test.button(key="reveal").click().run()
    drawn = test._tree
    rate_as_drawn(test, drawn, 4)
    rate_as_drawn(test, drawn, second)
    assert kept_ratings(db) == [("SD-001", 4)]
    assert not test.exception
    assert not test.error
    rate_as_drawn(rated(test, 3), drawn, second)
    assert kept_ratings(db) == [("SD-001", 4), ("SD-002", 3)]


def test_what_another_tab_rated_is_not_rated_again(open_page, prepared):
    here, there = open_page("review"), open_page("review")
    here.button(key="reveal").click().run()
    rated(there, 3)
    here.button(key="rate-1").click().run()
    assert kept_ratings(prepared) == [("L-01", 3)]
    [error] = here.error
    assert "was rated elsewhere since it was shown here" in error.value
    assert "this rating is not counted" in error.value
    assert "Changed elsewhere" not in texts(here), "there is nothing to choose"
    rated(here, 2)
    assert kept_ratings(prepared) == [("L-01", 3), ("L-02", 2)]


def test_a_question_that_comes_again_is_revealed_again_and_rated_again(open_page, one):
    rated(rated(open_page("review"), 1), 1)
    assert kept_ratings(one) == [("L-01", 1), ("L-01", 1)]


def test_what_was_taken_back_is_rated_anew(open_page, prepared):
    test = rated(open_page("review"), 4)
    test.button(key="undo").click().run()
    rated(test, 2)
    assert kept_ratings(prepared) == [("L-01", 2)]


@pytest.fixture
def failed(prepared):
    """L-01 failed on the days before, as often as sets a question apart."""
    for days in range(TOO_MANY, 0, -1):
        at = Clock().now() - timedelta(days=days)
        reviews.rate(prepared, Clock(now=lambda at=at: at), "L-01", 1)
    return prepared


def test_what_failed_too_often_is_set_apart_with_a_hint(open_page, failed):
    test = open_page("review")
    assert progress(test) == "0 of 1 done for today"
    rated(test, 3)
    shown = texts(test)
    assert "Nothing more is due" in test.success[0].value
    assert "Set apart" in shown
    assert "rewrite the answer" in shown
    assert "Rewrite its answer" in links(test)
    answers.save(failed, Clock(), "L-01", "Said better.")
    test = open_page("review")
    assert progress(test) == "1 of 2 done for today"
    assert "Set apart" not in texts(test)


def test_what_is_set_apart_is_reviewed_anyway(open_page, failed):
    test = open_page("review")
    test.button(key="anyway-L-01").click().run()
    rated(test, 3)
    assert kept_ratings(failed)[-1] == ("L-01", 3)
    assert "Set apart" not in texts(test)
    assert progress(test) == "1 of 2 done for today"


def test_the_rating_that_sets_a_question_apart_says_so(open_page, one):
    for days in range(TOO_MANY - 1, 0, -1):
        at = Clock().now() - timedelta(days=days)
        reviews.rate(one, Clock(now=lambda at=at: at), "L-01", 1)
    test = open_page("review")
    test.button(key="reveal").click().run()
    assert "once more today" not in texts(test)
    test.button(key="rate-1").click().run()
    assert "· set apart" in texts(test)
    assert test.success[0].value == "1 of 1 done for today. Nothing more is due."
