"""A review session by keyboard alone, and the downloads."""

import io
import zipfile
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from prep.clock import Clock
from prep.practice import answers, reviews
from tests.conftest import NOON

from .conftest import eventually, press, settled, slowed

LONG_AGO = NOON.date() - timedelta(days=30)  # of the clock that the texts are saved by
OWN = "A short link is a promise."


@pytest.fixture
def prepared(db, tracker, clock):
    month_ago = Clock(clock.zone, lambda: NOON - timedelta(days=30))
    answers.save(db, month_ago, "SD-001", f"## Requirements\n\n\n## Hook\n\n{OWN}\n")
    tracker.set_status(["SD-001", "L-01", "L-02"], "done", on=LONG_AGO)
    return db


def reveal_button(page):
    return page.get_by_role("button", name="Reveal")


def again_button(page):
    return page.get_by_role("button", name="Again")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_review_session_goes_by_keyboard_alone(visit, prepared, db, width):
    page = visit("/review", width=width)
    for done, key in enumerate("441"):
        expect(page.get_by_text(f"{done} of 3 done for today")).to_be_visible()
        expect(reveal_button(page)).to_be_visible()
        press(page, "Space", again_button(page))
        expect(page.get_by_text("once more today", exact=True)).to_be_visible()
        press(page, key, reveal_button(page))
    expect(page.get_by_text("3 of 3 done for today, 1 once more")).to_be_visible()
    press(page, "Space", again_button(page))
    press(page, "3", page.get_by_text("3 of 3 done for today. Nothing more is due."))
    ids = ("L-01", "L-02", "SD-001")
    eventually(
        lambda: sorted(log.rating for i in ids for log in reviews.logs(db, i)) == [1, 3, 4, 4]
    )


def test_what_is_typed_into_the_search_rates_nothing(visit, prepared, db):
    page = visit("/review")
    press(page, "Space", page.get_by_role("button", name="Again"))
    page.keyboard.press("Control+k")
    box = page.get_by_placeholder("Search questions, articles")
    expect(box).to_be_attached()
    page.keyboard.type("1 2")
    expect(box).to_have_value("1 2")
    expect(box).to_be_focused()
    assert db.execute("SELECT count(*) FROM review").fetchone()[0] == 0


def test_revealing_shows_the_answer_and_the_article(visit, prepared):
    page = visit("/review")
    while settled(page).get_by_text("SD-001 ·").count() == 0:
        press(page, "Space", page.get_by_role("button", name="Easy"))
        press(page, "4", page.get_by_role("button", name="Reveal"))
    page.get_by_role("button", name="Reveal").click()
    expect(page.get_by_text(OWN)).to_be_visible()
    expect(page.get_by_role("heading", name="Requirements")).to_have_count(0)
    page.get_by_text("3. Scale Estimation").click()
    expect(page.get_by_role("table").first).to_be_visible()


def test_the_next_question_stands_in_view_after_a_long_answer(visit, prepared, db, clock):
    for question_id in ("SD-001", "L-01", "L-02"):
        answers.save(db, clock, question_id, "A line.\n\n" * 200)
    page = visit("/review", height=600)
    press(page, "Space", page.get_by_role("button", name="Good"))
    expect(page.get_by_text("A line.").last).to_be_visible()
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 2000)")
    expect(page.get_by_role("button", name="Good")).not_to_be_in_viewport()
    press(page, "3", page.get_by_role("button", name="Reveal"))
    expect(page.get_by_role("button", name="Reveal")).to_be_in_viewport()


@pytest.mark.parametrize("name", ["plan.ics", "answers.zip", "prep.apkg"])
def test_exports_download(visit, prepared, name):
    page = visit("/data")
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download {name}").click()
    assert download.value.suggested_filename == name
    data = download.value.path().read_bytes()
    if name == "plan.ics":
        assert data.startswith(b"BEGIN:VCALENDAR")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        wanted = {
            "answers.zip": "system-design/sd-001-url-shortener-bit-ly.md",
            "prep.apkg": "collection.anki2",
        }[name]
        assert wanted in archive.namelist()


# --- one press is one act, also of a key that is held and of a second press within a moment ---

A_MOMENT = 500  # milliseconds: longer than the guard of the buttons takes them for one press
PRESSES_OF_A_HELD_KEY = 12


@pytest.fixture(params=[1, 6])
def review(visit, prepared, request):
    """The page of reviews, its processor as it is, and six times slower."""
    return slowed(visit("/review"), request.param)


def kept_ratings(db):
    return db.execute("SELECT count(*) FROM review").fetchone()[0]


def reveal(page):
    """Have the answer shown for long enough to be looked at."""
    press(page, "Space", again_button(page))
    page.wait_for_timeout(A_MOMENT)


def hold(page, key):
    """Hold a key as long as it takes the page to answer it, and longer."""
    for _ in range(PRESSES_OF_A_HELD_KEY):  # without a release between: as a key repeats itself
        page.keyboard.down(key)
        page.wait_for_timeout(100)
    page.keyboard.up(key)


def expect_one_rating(page, visit, db):
    """Expect that one question was rated, and that the next is up and face down."""
    expect(page.get_by_text("1 of 3 done for today")).to_be_visible()
    expect(reveal_button(settled(page))).to_be_visible()
    expect(again_button(page)).to_have_count(0)
    visit.open(page, "/review")
    assert kept_ratings(db) == 1


def until_rated(page, act, db):
    """Do something to the page until it was heard: a button hears its key a moment after it is
    drawn."""

    def is_rated():
        act()
        return settled(page) and kept_ratings(db) > 0

    eventually(is_rated)


def test_a_key_that_is_held_rates_once(review, visit, db):
    reveal(review)
    until_rated(review, lambda: hold(review, "4"), db)
    expect_one_rating(review, visit, db)


def test_keys_that_are_held_together_rate_once(review, db):
    def hold_both():
        for _ in range(PRESSES_OF_A_HELD_KEY):
            for key in ("4", "Space"):
                review.keyboard.down(key)
                review.wait_for_timeout(60)
        for key in ("4", "Space"):
            review.keyboard.up(key)

    reveal(review)
    until_rated(review, hold_both, db)
    assert kept_ratings(db) == 1


def test_a_key_that_is_held_reveals_and_does_no_more(review, db):
    eventually(lambda: hold(review, "Space") or again_button(settled(review)).is_visible())
    assert kept_ratings(db) == 0


@pytest.mark.parametrize("apart", [0, 40, 150])
def test_a_key_that_is_pressed_twice_rates_once(review, visit, db, apart):
    def press_twice():
        for _ in range(2):
            review.keyboard.press("1")
            review.wait_for_timeout(apart)

    reveal(review)
    until_rated(review, press_twice, db)
    expect_one_rating(review, visit, db)


# Presses keys and buttons from when an element is there, for less than the moment of the guard.
PRESSES_AT_ONCE = """
([appears, key, button]) => new Promise(done => {
    const press = () => {
        document.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode: key.charCodeAt(0) }));
        document.dispatchEvent(new KeyboardEvent("keyup", { key, keyCode: key.charCodeAt(0) }));
        document.querySelector(button)?.click();
    };
    const look = () => {
        if (!document.querySelector(appears)) return;
        observer.disconnect();
        const until = performance.now() + 250;
        const again = () => {
            if (performance.now() > until) return done();
            press();
            requestAnimationFrame(again);
        };
        again();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
})
"""
RATES, REVEALS = ".st-key-rate-1 button", ".st-key-reveal button"


def press_at_once(page, act, appears, key, button):
    """Do something to the page, and press what it has appear at once."""
    pressed = page.evaluate_handle(
        f"given => ({{ done: ({PRESSES_AT_ONCE})(given) }})", [appears, key, button]
    )
    act()
    pressed.evaluate("given => given.done")
    settled(page)


def test_what_is_pressed_the_moment_it_appears_rates_nothing(visit, prepared, db):
    page = visit("/review")
    press_at_once(page, reveal_button(page).click, RATES, "1", RATES)
    assert kept_ratings(db) == 0
    expect(again_button(page)).to_be_visible()
    page.wait_for_timeout(A_MOMENT)
    press_at_once(page, again_button(page).click, REVEALS, " ", REVEALS)
    assert kept_ratings(db) == 1
    expect(reveal_button(page)).to_be_visible()
    expect(again_button(page)).to_have_count(0)


@pytest.mark.parametrize("apart", [0, 90, 250])
def test_a_double_click_rates_once(review, visit, db, apart):
    reveal(review)
    click_twice(review, review.get_by_role("button", name="Again"), apart)
    expect_one_rating(review, visit, db)


@pytest.mark.parametrize("apart", [0, 90, 250])
def test_a_double_click_on_reveal_rates_nothing(review, db, apart):
    click_twice(review, reveal_button(settled(review)), apart)
    expect(again_button(settled(review))).to_be_visible()
    assert kept_ratings(db) == 0


def click_twice(page, button, apart):
    """Click a button and, so many milliseconds later, what stands there by then."""
    button.click()
    page.wait_for_timeout(apart)
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)


def test_a_key_rates_also_where_the_focus_is_on_a_tick(visit, prepared, db):
    page = visit("/review")
    reveal(page)
    page.get_by_text("A number shows the result").click()
    expect(page.get_by_role("checkbox", name="A number shows the result")).to_be_checked()
    press(page, "3", reveal_button(page))
    eventually(lambda: kept_ratings(db) == 1)
