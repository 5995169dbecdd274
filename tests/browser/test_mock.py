"""A mock interview in a real browser: a clock that a reload does not disturb."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from prep.clock import Clock
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice import mock, mock_notes, past_attempts
from prep.practice.attempt import budget_seconds

from .conftest import eventually, settled


def seconds_shown(page):
    """Return the seconds that the countdown shows."""
    timer = page.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"\d\d:\d\d"))
    text = timer.inner_text()
    minutes, seconds = text.lstrip("−").split(":")
    sign = -1 if text.startswith("−") else 1
    return sign * (60 * int(minutes) + int(seconds))


def begin(visit):
    page = visit("/mock", sheet="Behavioral", category="Leadership")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("timer")).to_be_visible()
    return page


def seconds_left(db):
    """Return the seconds that the database says are left of the question that is asked."""
    attempt = mock.running(db)
    used = attempt.used(attempt.question_id, Clock().now())
    return budget_seconds(attempt.kind, BEHAVIORAL) - used


def is_right(page, db):
    """Whether the countdown shows what is left, to the second."""
    before, shown, after = seconds_left(db), seconds_shown(page), seconds_left(db)
    return after - 1 <= shown <= before + 1


def test_the_clock_keeps_right_through_a_reload(visit, db):
    page = begin(visit)
    eventually(lambda: is_right(page, db))
    begun = seconds_shown(page)
    eventually(lambda: seconds_shown(page) < begun - 2 and is_right(page, db))
    page.reload()
    settled(page)
    eventually(lambda: is_right(page, db))


def test_pause_holds_the_clock(visit, db):
    page = begin(visit)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    expect(page.get_by_text("paused")).to_be_visible()
    held = seconds_shown(page)
    page.wait_for_timeout(2500)
    assert seconds_shown(page) == held
    page.reload()
    settled(page)
    assert seconds_shown(page) == held
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    eventually(lambda: seconds_shown(page) < held and is_right(page, db))


def test_finishing_lists_the_attempt(visit, db):
    page = begin(visit)
    begun = seconds_shown(page)
    eventually(lambda: seconds_shown(page) < begun)
    page.get_by_role("textbox", name="Notes").fill("Metric first")
    page.get_by_role("button", name="Finish and score").click()
    expect(page.get_by_text("How well did it go?")).to_be_visible()
    settled(page)  # until then, the notes of the question stand below those of the scores
    expect(page.get_by_role("textbox", name="Notes")).to_have_value("Metric first")
    page.get_by_role("radio", name="Good").click()
    page.get_by_text("Score it in detail").click()
    for name in ("Solid", "Strong"):
        page.get_by_role("radio", name=name).first.click()
    settled(page)
    talked = mock.running(db).seconds
    page.get_by_role("textbox", name="Notes").fill("Metric first, then the story")
    page.get_by_role("button", name="Keep the result").click()
    expect(page.get_by_text("1 interview, 1 answer.")).to_be_visible()
    expect(page.get_by_text("MI-001 · A single question")).to_be_in_viewport()
    answer = past_attempts.list_answers(db)[0]
    assert (answer.rating, answer.notes) == (3, "Metric first, then the story")
    assert answer.scores == {"Situation": 3}
    assert answer.seconds == round(talked[answer.question_id]) > 0

    question = visit("/question", id=answer.question_id, view="details")
    expect(question.get_by_text("Asked 1 time")).to_be_visible()


def test_notes_are_kept_while_they_are_typed(visit, db):
    page = begin(visit)
    notes = page.get_by_role("textbox", name="Notes")
    notes.press_sequentially("The stakes came")
    eventually(lambda: list(mock.running(db).notes.values()) == ["The stakes came"])
    notes.press_sequentially(" too late")
    expect(notes).to_have_value("The stakes came too late")
    expect(notes).to_be_focused()
    eventually(lambda: list(mock.running(db).notes.values()) == ["The stakes came too late"])
    page.reload()
    settled(page)
    expect(page.get_by_role("textbox", name="Notes")).to_have_value("The stakes came too late")


def test_the_clock_goes_on_below_zero_and_names_the_stage(visit, db):
    begun = Clock().now()
    past = Clock(now=lambda: begun - timedelta(minutes=2, seconds=30))
    attempt = mock.start(db, past, SYSTEM_DESIGN, ["SD-001"])
    page = visit("/mock", width=390, height=844)
    expect(page.locator("[aria-current=step]")).to_have_text(re.compile("^Requirements"))
    mock.discard(db, Clock(), attempt)
    past = Clock(now=lambda: begun - timedelta(minutes=46))
    mock.start(db, past, SYSTEM_DESIGN, ["SD-001"])
    page.reload()
    settled(page)
    expect(page.get_by_text("over time")).to_be_visible()
    assert seconds_shown(page) < -60
    expect(page.locator("[aria-current=step]")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1440])
def test_a_row_that_is_ticked_shows_its_interview_where_one_looks(visit, db, width):
    ids = ["L-01", "L-02", "L-03", "L-04", "L-05"]
    for n in range(6):
        at = Clock(now=lambda n=n: Clock().now() - timedelta(days=30 - n))
        attempt = mock.start(db, at, BEHAVIORAL, ids)
        for question_id in ids:
            mock.next_question(db, at, attempt, question_id)
        mock_notes.note(db, attempt, "L-01", f"said in round {n}")
        mock_notes.rate_overall(db, attempt, 3)
        mock.finish(db, at, attempt)
    page = visit("/mock", width=width, height=844)
    expect(page.get_by_text("said in round 5")).to_be_attached()
    table = page.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    table.hover(position={"x": 150, "y": 100})
    page.mouse.wheel(0, 5000)  # to the last row, the oldest interview
    settled(page)
    box = table.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + box["height"] - 20)
    expect(page.get_by_text("MI-001 · Behavioral loop")).to_be_in_viewport()
    expect(page.get_by_text("said in round 0")).to_be_attached()


def test_what_was_asked_for_survives_a_reload(visit, db):
    mock.start(db, Clock(), SYSTEM_DESIGN, ["SD-001"])
    page = visit("/mock", width=390, height=844)
    page.get_by_role("button", name="Ask for the requirements").click()
    expect(page.get_by_text("Functional Requirements", exact=True)).to_be_visible()
    page.get_by_role("button", name="Ask me a follow-up").click()
    expect(page.get_by_text("Go deeper: Short Code")).to_be_visible()
    expect(page.get_by_text("Go deeper: Redirect Service")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Functional Requirements", exact=True)).to_be_visible()
    page.get_by_role("button", name="Next follow-up").click()
    expect(page.get_by_text("Go deeper: Redirect Service")).to_be_visible()
