"""Every page: empty, half done and all done; and what a click does."""

import re
from datetime import time, timedelta

import pytest

from prep.clock import Clock
from prep.planning import scope, wording
from prep.practice import answers, reviews, stories
from prep.progress import own_questions, passes, reading, settings, time_spent
from prep.progress.tracker import Tracker
from prep.store import undo_redo

from .conftest import days_ago, texts, unfold

pytestmark = pytest.mark.usefixtures("one_day")
PAGES = ["today", "sheets", "coverage", "timeline", "stories", "review", "mock", "read", "data"]
TITLES = {
    "today": "Today",
    "sheets": "Sheets",
    "coverage": "Coverage",
    "timeline": "Timeline",
    "stories": "Stories",
    "review": "Review",
    "mock": "Mock interview",
    "read": "Read",
    "data": "Data",
}


@pytest.mark.parametrize("state", ["db", "half_done", "all_done"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_state(open_page, request, state, page):
    request.getfixturevalue(state)
    test = open_page(page)
    assert test.title[0].value == TITLES[page]
    assert not test.error


def metrics(test):
    return {m.label: (m.value, m.delta) for m in test.metric}


def test_today_says_where_i_stand_against_the_plan(open_page, planned):
    assert metrics(open_page("today")) == {
        "System design": ("0 of 120", "10 due so far"),
        "Behavioral": ("0 of 171", "10 due so far"),
        "Interview": ("60 days", wording.day(days_ago(-60))),
        "Streak": ("0 days", "best 0"),
    }


def test_finishing_todays_questions_empties_the_day(open_page, planned):
    test = open_page("today")
    test.button(key="done-SD-001").click().run()
    test.button(key="done-L-01").click().run()
    shown = texts(test)
    assert "That is all for today. Next: " in shown
    assert "1 of 120" in metrics(test)["System design"]
    assert metrics(test)["Streak"] == ("1 day", "best 1")
    assert "2 steps in the last year" in shown


def test_undo_stands_beside_what_changed_lately(open_page, planned, tracker):
    test = open_page("today")
    test.button(key="done-SD-001").click().run()
    test.button(key="undo-here").click().run()
    assert tracker.state("SD-001").status == "todo"
    assert "Undone: " in test.toast[0].value


def test_what_slipped_is_named_with_its_old_and_new_day(open_page, planned):
    shown = texts(open_page("today"))
    assert "20 questions planned before today and still open." in shown
    assert "The plan now ends 10 study days later; 2.2 questions a study day would" in shown
    assert "and 15 more" in shown


def test_today_empty_and_finished_have_words_of_their_own(open_page, db, clock):
    assert "Nothing yet. Start a question" in texts(open_page("today"))
    Tracker(db, clock).set_status([r["id"] for r in db.query("SELECT id FROM question")], "done")
    shown = texts(open_page("today"))
    assert "Every question in your plan is done." in shown
    assert "Every question in your plan is done." in shown


def test_a_day_full_of_reviews_says_so_and_keeps_to_its_minutes(open_page, planned, tracker):
    ids = [row["id"] for row in planned.query("SELECT id FROM question LIMIT 20")]
    tracker.set_status(ids, "done", on=Clock().today() - timedelta(days=9))
    scope.apply(planned, Clock(), {"minutes_a_day": "30"})
    shown = texts(open_page("today"))
    assert "**Review 10 questions**" in shown
    assert "10 more wait for the next day, this one is full" in shown
    assert "10 reviews, 30 min of 30" in shown
    assert "The reviews fill today's 30 minutes." in shown


def test_undo_in_the_sidebar_takes_the_last_change_back(open_page, db, tracker):
    tracker.set_status("L-01", "done")
    test = open_page("coverage")
    test.button(key="undo").click().run()
    assert tracker.state("L-01").status == "todo"
    assert "Undone" in test.toast[0].value
    test.button(key="undo").click().run()
    assert test.toast[0].value == "There is nothing to undo."


def test_coverage_keeps_the_sites_articles_apart(open_page, all_done):
    shown = texts(open_page("coverage"))
    assert "nSkillHub has published 10 of 120 articles" in shown
    assert "nSkillHub has published 7 of 171 articles" in shown


@pytest.mark.parametrize("by", ["Category", "Phase", "Level", "Difficulty"])
def test_coverage_by_each_dimension(open_page, half_done, by):
    test = open_page("coverage", by=by)
    assert test.button_group(key="by").value == by


def test_what_was_left_out_can_be_put_back(open_page, planned, db, tracker):
    tracker.edit({"L-01": {"skipped": True}, "SD-001": {"skipped": True}})
    test = open_page("timeline")
    label = "2 questions left out: you skipped it"
    assert label in [expander.label for expander in test.expander]
    unfold(test, "left-out-you skipped it")
    test.button(key="put-back").click().run()
    assert db.execute("SELECT count(*) FROM progress WHERE skipped").fetchone()[0] == 0


def test_the_timeline_says_how_far_the_plan_slipped(open_page, planned):
    shown = texts(open_page("timeline"))
    assert "It slipped by **10 study days**: **2.2 questions a study day** would catch up." in shown


def test_the_timeline_says_how_the_last_forecasts_did(open_page, planned):
    assert "weekly forecast" not in texts(open_page("timeline"))
    tracker = Tracker(planned, Clock())
    for days in range(1, 36):
        on = Clock().today() - timedelta(days=days)
        tracker.set_status([f"SD-{days:03}"], "done", on=on)
    shown = texts(open_page("timeline"))
    assert "Of your last 3 weekly forecasts, the range held 3." in shown
    assert "At your pace so far: most likely in" in shown


def test_the_timeline_of_nothing_has_words_of_its_own(open_page, db, clock):
    Tracker(db, clock).set_status([r["id"] for r in db.query("SELECT id FROM question")], "done")
    assert "Every question in your plan is done." in texts(open_page("timeline"))
    Tracker(db, clock).edit(
        {r["id"]: {"status": "todo", "skipped": True} for r in db.query("SELECT id FROM question")}
    )
    assert not open_page("timeline").exception


def test_an_articles_question_can_be_done_beside_it(open_page, db, tracker):
    test = open_page("read", article="/system-design/classic/url-shortener/")
    test.button_group(key="status-SD-001").set_value("done").run()
    assert tracker.state("SD-001").status == "done"


def test_an_unknown_article_is_a_sentence_and_a_way_on(open_page, db):
    test = open_page("read", article="/../../etc/passwd")
    assert test.title[0].value == "No such article"


def test_hostile_notes_are_shown_as_text(open_page, db, tracker):
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) :material/star: $x$ **b**"
    tracker.edit({"L-01": {"personal_notes": hostile}})
    shown = texts(open_page("question", id="L-01", view="details"))
    assert r"\<img" in shown
    assert not re.search(r"(?<!\\)<img|(?<!\\)\]\(javascript", shown)


def test_notes_on_an_article_are_listed_on_its_question(open_page, db, clock):
    permalink = "/system-design/classic/url-shortener/"
    reading.note_section(db, clock, permalink, "1-hook", "remember the Porto example")
    test = open_page("question", id="SD-001", view="details")
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


@pytest.mark.parametrize("page", PAGES)
def test_a_file_that_is_no_database_is_a_sentence_on_every_page(open_page, db_path, page):
    db_path.write_text("a text file, and no database at all\n" * 100)
    test = open_page(page)
    assert "no SQLite database" in test.error[0].value


def test_what_i_would_remember_is_a_view_of_coverage(open_page, half_done, clock):
    reviews.rate(half_done, Clock(), "L-02", 3)
    shown = texts(open_page("coverage", view="Would I remember it"))
    assert "take part in reviews" in shown
    assert "Progress over time" not in shown


def test_time_is_entered_by_hand(open_page, db):
    test = unfold(open_page("question", id="L-01", view="details"), "time")
    assert "0 min spent" in texts(test)
    test.number_input(key="spent-minutes").set_value(45)
    test.button(key="add-time").click().run()
    assert "45 min spent: entered by hand 45" in texts(test)


@pytest.mark.parametrize(
    ("by", "group"), [("Category", "Leadership"), ("Week", "2026-11-23"), ("Question", "L-01")]
)
def test_time_spent_stands_on_coverage(open_page, db, clock, by, group):
    time_spent.enter(db, clock, "L-01", 45, clock.today())
    test = open_page("coverage")
    test.button_group(key="time-by").set_value(by).run()
    frame = test.dataframe[-1].value
    assert frame[["group", "All"]].to_numpy().tolist() == [[group, 45]]


def test_reviews_due_stand_on_today(open_page, half_done):
    assert "**Review 20 questions**" in texts(open_page("today"))
    test = open_page("review")
    assert "done for today" in test.get("progress")[0].proto.text
    test.button(key="reveal").click().run()
    test.button(key="rate-4").click().run()
    assert half_done.execute("SELECT count(*) FROM review").fetchone()[0] == 1


def test_every_kind_of_change_can_be_undone_in_the_sidebar(open_page, db, tracker, clock):
    tracker.set_status(["L-01", "L-02"], "done")
    settings.change(db, clock, {"pace": "3"})
    answers.save(db, clock, "L-03", "words")
    reviews.rate(db, clock, "L-01", 3)
    own_questions.add(db, clock, {"sheet": "system-design", "category_position": 1, "title": "A"})
    time_spent.enter(db, clock, "L-01", 5, clock.today())
    passes.begin(db, clock, ["L-01"], "First")
    story_id = stories.save(db, clock, {"title": "A story"})
    stories.link(db, clock, story_id, {"L-01": "", "L-02": ""})
    test = open_page("coverage")
    said = []
    while undo_redo.last_undoable(db) is not None:
        test.button(key="undo").click().run()
        assert not test.exception
        said.append(test.toast[0].value)
    assert len(said) == 9
    assert said[0] == "Undone: 2 links of stories → off"
    assert said[-1] == "Undone: 2 questions → done"


def test_the_day_of_every_page_begins_when_the_persons_does(open_page, db):
    """Nearly all of the calendar's day belongs to the person's day before."""
    mine = Clock(day_start=time(23, 59))
    settings.change(db, mine, {"day_start": "23:59", "start_on": mine.today().isoformat()})
    test = open_page("today")
    assert test.caption[0].value == f"{mine.today():%A}, {wording.day(mine.today())}"
    open_page("question", id="L-01", view="details").segmented_control(key="status-L-01").set_value(
        "done"
    ).run()
    assert Tracker(db, mine).state("L-01").done_on == mine.today().isoformat()


def test_undo_and_redo_name_what_they_would_do(open_page, db, tracker):
    """Redo is there while there is something to redo; both stand beside every page."""

    def buttons(test):
        return {
            key: button.help for button in test.button if (key := button.key) in ("undo", "redo")
        }

    assert buttons(open_page("sheets")) == {"undo": "There is nothing to undo"}
    tracker.edit({"L-01": {"status": "done"}})
    tracker.edit({"L-01": {"personal_notes": "*a* [b](c)"}})
    test = open_page("question", id="L-01", view="details")
    noted = buttons(test)
    assert noted.keys() == {"undo"}
    assert noted["undo"].startswith("Takes back: L\\-01: notes → \\*a\\*")
    test.button(key="undo").click().run()
    named = buttons(test)
    assert named["undo"] == "Takes back: L\\-01: status → done"
    assert named["redo"] == noted["undo"].replace("Takes", "Brings")
    assert "Undone: " in test.toast[0].value
    test.button(key="redo").click().run()
    assert "Redone: L\\-01: notes" in test.toast[0].value
    assert buttons(test) == noted
    assert tracker.state("L-01").personal_notes == "*a* [b](c)"


def test_undo_and_redo_stand_where_changes_are_listed(open_page, tracker):
    tracker.edit({"L-01": {"status": "done"}})
    test = open_page("today")
    test.button(key="undo-here").click().run()
    assert tracker.state("L-01").status == "todo"
    test.button(key="redo-here").click().run()
    assert tracker.state("L-01").status == "done"
    assert "redo-here" not in {button.key for button in test.button}


def test_a_click_in_a_part_of_the_page_has_undo_name_it(open_page, db):
    """The sidebar is drawn by itself then: the browser is asked to have it drawn once more."""
    test = open_page("question", id="L-01", view="details")
    test.segmented_control(key="status-L-01").set_value("done").run()
    assert test.button(key="undo").help == "Takes back: L\\-01: status → done"
