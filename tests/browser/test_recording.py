"""Recording oneself in a real browser: with a microphone, without, and as an interview goes on."""

import pytest
from playwright.sync_api import expect

from prep.clock import Clock
from prep.content.models import BEHAVIORAL
from prep.practice import mock, recordings

from .conftest import eventually, settled, visits

DURATION = "audio => audio.readyState > 0 && audio.duration"


@pytest.fixture
def visit_with_microphone(browser, server):
    """Open a path in a browser that may use its microphone, which beeps."""
    with visits(browser, server, permissions=["microphone"]) as visit:
        yield visit


def record(page):
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("button", name="Stop recording")).to_be_visible()
    page.wait_for_timeout(1500)  # of beeps


def stop(page):
    page.get_by_role("button", name="Stop recording").click()


def kept(db):
    return recordings.of(db, "attempt", "MI-001")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_recording_is_made_kept_and_played_back(visit_with_microphone, db, width):
    mock.start(db, Clock(), "question", ["L-01"])
    page = visit_with_microphone("/mock", width=width, height=844)
    record(page)
    stop(page)
    expect(page.get_by_text("% silence")).to_be_visible()
    (made,) = kept(db)
    seconds = recordings.measure(made).seconds
    assert seconds > 1
    audio = page.get_by_label("Recording of")
    expect(audio).to_be_visible()
    eventually(lambda: abs(audio.evaluate(DURATION) - seconds) < 0.1)
    assert audio.evaluate("audio => audio.play().then(() => audio.error === null)")
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()  # for the next

    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete this recording").click()
    expect(audio).to_have_count(0)
    assert kept(db) == []


def test_a_recording_goes_on_while_the_interview_does(visit_with_microphone, db):
    """Pausing the clock, notes, the next question and the scores redraw the page around it."""
    mock.start(db, Clock(), BEHAVIORAL, ["L-01", "L-12"])
    page = visit_with_microphone("/mock")
    record(page)
    page.get_by_role("button", name="Ask me a follow-up").click()
    page.get_by_role("textbox", name="Notes").fill("Metric first")
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    page.get_by_role("button", name="Finish and score").click()
    expect(page.get_by_text("How well did it go?")).to_be_visible()
    settled(page)
    stop(page)
    expect(page.get_by_text("% silence")).to_be_visible()
    assert recordings.measure(kept(db)[0]).seconds > 1.5
    page.get_by_role("radio", name="Good").click()
    page.get_by_role("button", name="Keep the result").click()
    expect(page.get_by_text("1 interview, 2 answers.")).to_be_visible()
    expect(page.get_by_label("Recording of")).to_be_visible()


def test_where_the_microphone_is_refused_all_else_works(visit_with_own_clock, db):
    mock.start(db, Clock(), "question", ["L-01"])
    page = visit_with_own_clock("/mock")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("would like to use your microphone")).to_be_visible()
    page.get_by_role("textbox", name="Notes").fill("Without a voice")
    page.get_by_role("button", name="Finish and score").click()
    page.get_by_role("radio", name="Good").click()
    page.get_by_role("button", name="Keep the result").click()
    expect(page.get_by_text("1 interview, 1 answer.")).to_be_visible()
    assert mock.running(db) is None
