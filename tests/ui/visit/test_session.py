"""One visit: its database is opened once for each run, and its clock is the person's."""

from datetime import time

import pytest

from prep.content import importer
from prep.progress import settings
from prep.store import change_list
from prep.ui.visit import session


@pytest.mark.parametrize("page", ["today", "question", "coverage", "data"])
def test_a_run_of_a_page_opens_the_database_once(open_page, half_done, monkeypatch, page):
    opened = []
    open_filled = importer.open_filled
    monkeypatch.setattr(
        importer, "open_filled", lambda *args: opened.append(args) or open_filled(*args)
    )
    test = open_page(page, id="L-01")
    opened.clear()
    test.run()
    assert len(opened) == 1


def test_what_was_seen_is_what_the_whole_page_showed(open_page, db, tracker):
    page = open_page("today")
    before = page.session_state["seen"]
    tracker.set_status("L-01", "done")
    page.run()
    assert page.session_state["seen"] != before
    assert page.session_state["seen"].version == change_list.data_version(db)


def test_the_day_begins_when_the_person_set_it_to(open_page, db, clock):
    settings.change(db, clock, {"day_start": "05:30"})
    page = open_page("today")
    assert page.session_state["day_start_of_person"] == time(5, 30)


def test_a_setting_that_cannot_be_read_is_said_where_the_plan_would_be(open_page, db):
    db.execute("INSERT INTO setting (key, value) VALUES ('pace', '\"fast\"')")
    db.conn.commit()
    page = open_page("today")
    assert "pace cannot be" in page.error[0].value


def test_without_an_account_it_is_the_one_database(db_path, monkeypatch):
    monkeypatch.setattr(session.sign_in, "account", lambda: None)
    assert session.database_path() == db_path
