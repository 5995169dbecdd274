"""Every page: empty, half done and all done; and what a click does."""

import re
from datetime import date

import pytest

from prep import history, reading, settings
from prep.tracker import Tracker

from .conftest import texts

PAGES = ["today", "sheets", "coverage", "timeline", "read"]
TITLES = {
    "today": "Today",
    "sheets": "Sheets",
    "coverage": "Coverage",
    "timeline": "Timeline",
    "read": "Read",
}


@pytest.mark.parametrize("state", ["db", "half_done", "all_done"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_state(open_page, request, state, page):
    request.getfixturevalue(state)
    test = open_page(page)
    assert test.title[0].value == TITLES[page]
    assert not test.error


def test_today_says_where_i_stand_and_what_comes_next(open_page, half_done):
    test = open_page("today")
    assert {m.label: m.value for m in test.metric} == {
        "System design": "60 of 120",
        "Behavioral": "86 of 171",
    }
    assert "Changed lately" in texts(test)


def test_starting_a_question_on_today_is_kept(open_page, db):
    test = open_page("today")
    test.button(key="start-SD-001").click().run()
    assert db.execute("SELECT status FROM progress").fetchall() == [("in_progress",)]
    assert r"SD\-001: status → in progress" in texts(test)


def test_today_empty_and_finished_have_words_of_their_own(open_page, db, clock):
    assert "Nothing yet. Start a question above" in texts(open_page("today"))
    Tracker(db, clock).set_status([r["id"] for r in db.query("SELECT id FROM question")], "done")
    assert [s.value for s in open_page("today").success] == [
        "Every system design question is done.",
        "Every behavioral question is done.",
    ]


def test_undo_in_the_sidebar_takes_the_last_change_back(open_page, db, tracker):
    tracker.set_status("L-01", "done")
    test = open_page("coverage")
    test.button(key="undo").click().run()
    assert tracker.state("L-01")["status"] == "todo"
    assert "Undone" in test.toast[0].value
    test.button(key="undo").click().run()
    assert test.toast[0].value == "There is nothing to undo."


def test_sheets_filters_come_from_the_address(open_page, db):
    test = open_page("sheets", category="Fintech", sheet="System design")
    assert "**11 questions**" in texts(test)
    assert test.multiselect(key="category").value == ["Fintech"]


def test_sheets_says_when_nothing_matches_and_shows_all_again(open_page, db):
    test = open_page("sheets", q="no such words")
    assert [info.value for info in test.info] == ["No question matches these filters."]
    next(button for button in test.button if button.label == "Show all").click().run()
    assert "**291 questions**" in texts(test)


@pytest.mark.parametrize("text", ["'; DROP TABLE question; --", "%", "_", '"', "\\", "*" * 500])
def test_any_text_can_be_searched_for(open_page, db, text):
    test = open_page("sheets")
    test.text_input(key="q").set_value(text).run()
    assert not test.exception
    assert db.execute("SELECT count(*) FROM question").fetchone()[0] == 291


def test_coverage_keeps_the_sites_articles_apart(open_page, all_done):
    shown = texts(open_page("coverage"))
    assert "nSkillHub has published 10 of 120 articles" in shown
    assert "nSkillHub has published 7 of 171 articles" in shown


@pytest.mark.parametrize("by", ["Category", "Phase", "Level", "Difficulty"])
def test_coverage_by_each_dimension(open_page, half_done, by):
    test = open_page("coverage", by=by)
    assert test.button_group(key="by").value == by


def test_timeline_remembers_the_start(open_page, db):
    test = open_page("timeline")
    assert "Not set yet" in texts(test)
    test.date_input(key="start-on").set_value(date(2026, 1, 5)).run()
    assert settings.get_day(db, settings.START_ON) == date(2026, 1, 5)
    shown = texts(test)
    assert "Not set yet" not in shown
    assert "The sequence ends on 19 Jul 2026" in shown
    assert "120 questions behind" in shown


def test_timeline_shows_the_eight_outside(open_page, db):
    shown = texts(open_page("timeline"))
    assert "Outside the suggested sequence" in shown
    assert "Why are you leaving your current role" in shown
    assert "give these 8 questions no phase" in shown


def test_a_question_shows_its_fields_and_saves_them(open_page, db, tracker):
    test = open_page("question", id="L-01")
    assert "do you lead through authority or influence?" in texts(test)
    test.button_group(key="status-L-01").set_value("done").run()
    test.text_area(key="personal_notes-L-01").set_value("the Lisbon story").run()
    test.button_group(key="confidence-L-01").set_value(4).run()
    test.toggle(key="starred-L-01").set_value(True).run()
    state = tracker.state("L-01")
    assert (state["status"], state["confidence"], state["starred"]) == ("done", 4, 1)
    assert state["personal_notes"] == "the Lisbon story"
    assert "notes: none → the Lisbon story" in texts(test)


def test_a_refused_date_is_explained_in_place(open_page, db, tracker):
    tracker.set_status("L-01", "in_progress", on=date(2026, 11, 10))
    tracker.set_status("L-01", "done", on=date(2026, 11, 20))
    test = open_page("question", id="L-01")
    test.date_input(key="done_on-L-01").set_value(date(2026, 11, 1)).run()
    assert "is before started" in test.error[0].value
    assert tracker.state("L-01")["done_on"] == "2026-11-20"


@pytest.mark.parametrize(
    "question_id", ["", "L-99", "<script>", "'; --", "../../etc/passwd", "x" * 5000]
)
def test_an_unknown_question_is_a_sentence_and_a_way_on(open_page, db, question_id):
    test = open_page("question", id=question_id)
    assert test.title[0].value == "No such question"
    assert len(test.error) == 1


def test_read_opens_an_article_and_marks_it_read(open_page, db):
    permalink = "/system-design/classic/url-shortener/"
    test = open_page("read", article=permalink)
    assert "URL Shortener" in test.title[0].value
    test.button(key="mark-read").click().run()
    assert db.execute("SELECT permalink FROM reading WHERE read_on IS NOT NULL").fetchall() == [
        (permalink,)
    ]
    assert test.button(key="mark-read").label == "Mark as unread"
    assert history.last_undoable(db) is not None


def test_an_articles_question_can_be_done_beside_it(open_page, db, tracker):
    test = open_page("read", article="/system-design/classic/url-shortener/")
    test.button_group(key="status-SD-001").set_value("done").run()
    assert tracker.state("SD-001")["status"] == "done"


def test_an_unknown_article_is_a_sentence_and_a_way_on(open_page, db):
    test = open_page("read", article="/../../etc/passwd")
    assert test.title[0].value == "No such article"


def test_hostile_notes_are_shown_as_text(open_page, db, tracker):
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) :material/star: $x$ **b**"
    tracker.edit({"L-01": {"personal_notes": hostile}})
    shown = texts(open_page("question", id="L-01"))
    assert r"\<img" in shown
    assert not re.search(r"(?<!\\)<img|(?<!\\)\]\(javascript", shown)


def test_notes_on_an_article_are_listed_on_its_question(open_page, db, clock):
    permalink = "/system-design/classic/url-shortener/"
    reading.note_section(db, clock, permalink, "1-hook", "remember the Porto example")
    test = open_page("question", id="SD-001")
    assert [text.value for text in test.text] == ["remember the Porto example"]


def test_the_library_is_filtered_by_what_was_read(open_page, db, clock):
    reading.mark_read(db, clock, "/system-design/classic/url-shortener/")
    test = open_page("read", state="Read")
    assert "1 of 1 read" in texts(test)
    test.button_group(key="state").set_value("Unread").run()
    assert "0 of 9 read" in texts(test)
    test.text_input(key="title").set_value("VIDEO netflix").run()
    assert "0 of 1 read" in texts(test)
    test.text_input(key="title").set_value("").run()
    test.toggle(key="linked").set_value(True).run()
    assert [heading.value for heading in test.subheader] == [
        "Classic system design",
        r"Behavioral\: leadership",
    ]


def test_notes_on_a_section_are_written_beside_it(open_page, db):
    permalink = "/system-design/classic/url-shortener/"
    test = open_page("read", article=permalink, notes="true")
    test.text_area(key="note-1-hook").set_value("remember this").run()
    assert reading.section_notes(db, permalink) == {"1-hook": "remember this"}


@pytest.mark.parametrize("page", PAGES)
def test_a_file_that_is_no_database_is_a_sentence_on_every_page(open_page, db_path, page):
    db_path.write_text("a text file, and no database at all\n" * 100)
    test = open_page(page)
    assert "cannot be used as Prep" in test.error[0].value
