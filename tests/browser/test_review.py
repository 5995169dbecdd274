"""A review session by keyboard alone, and the downloads."""

import io
import zipfile

import pytest
from playwright.sync_api import expect

from prep.practice import answers, reviews

from .conftest import eventually, press, settled


@pytest.fixture
def prepared(db, tracker, clock):
    answers.save(db, clock, "SD-001", "## Hook\n\nA short link is a promise.\n")
    tracker.set_status(["SD-001", "L-01", "L-02"], "done")
    return db


def test_a_review_session_goes_by_keyboard_alone(visit, prepared, db):
    page = visit("/review")
    for done, key in enumerate("441"):
        expect(page.get_by_text(f"{done} of 3 done for today")).to_be_visible()
        expect(page.get_by_role("button", name="Reveal")).to_be_visible()
        press(page, "Space", page.get_by_role("button", name="Again"))
        expect(page.get_by_text("in 1 min", exact=True)).to_be_visible()
        press(page, key, page.get_by_role("button", name="Reveal"))
    ids = ("L-01", "L-02", "SD-001")
    eventually(lambda: sorted(log.rating for i in ids for log in reviews.logs(db, i)) == [1, 4, 4])


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
    expect(page.get_by_text("A short link is a promise.")).to_be_visible()
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


def kept_ratings(db):
    return db.execute("SELECT count(*) FROM review").fetchone()[0]


def test_a_key_that_is_held_rates_once(visit, prepared, db):
    page = visit("/review")
    for done in range(3):
        press(page, "Space", page.get_by_role("button", name="Again"))
        for _ in range(8):  # without a release between: as a key that repeats itself
            page.keyboard.down("4")
        page.keyboard.up("4")
        expect(page.get_by_text("Easy: ")).to_be_visible()
        expect(page.get_by_role("button", name="Again")).to_have_count(0)
        visit.open(page, "/review")
        assert kept_ratings(db) == done + 1
    expect(page.get_by_text("3 questions reviewed today")).to_be_visible()


@pytest.mark.parametrize("milliseconds", [0, 30, 90])
def test_a_double_click_rates_once(visit, prepared, db, milliseconds):
    page = visit("/review")
    page.get_by_role("button", name="Reveal").click()
    expect(page.get_by_role("button", name="Easy")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Easy").dblclick(delay=milliseconds)
    expect(page.get_by_text("Easy: ")).to_be_visible()
    visit.open(page, "/review")
    expect(page.get_by_text("1 of 3 done for today")).to_be_visible()
    assert kept_ratings(db) == 1
