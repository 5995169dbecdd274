"""Many who write at once: nobody is turned away, no change is lost, the history is whole."""

import json
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

from streamlit.testing.v1 import AppTest

from prep.progress.tracker import Tracker
from prep.store import change_list, database
from prep.store.database import open_database
from tests.browser.conftest import (
    eventually,
    free_port,
    running,
    settled,
    visits,
    wait_until_answering,
)
from tests.pages.conftest import app, open_page  # noqa: F401
from tests.work import HANGS_AFTER_SECONDS

from .checks import assert_sound
from .conftest import FULL, either
from .writers import SHARED

ROOT = Path(__file__).parents[2]
CHANGES = either(300, 10)  # of each writer
WRITERS = 18
COMMANDS = 2  # that make 20
STARTS_AT_ONCE = 6
OVERTAKEN = either(25, 12) * WRITERS  # at most while one waits; SQLite's own waiting: 250 to 334
PATIENT = "tests.torture.patient"
TURN = ["in_progress", "drafted", "done", "todo"]
TITLES = {"todo": "To do", "in_progress": "In progress", "drafted": "Drafted", "done": "Done"}


def python(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", PATIENT, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Commands:
    """The command line over and over, one command at a time on each question."""

    def __init__(self, path, questions):
        self.path = path
        self.acknowledged = Counter(dict.fromkeys(questions, 0))
        self.running = {}

    def go_on(self):
        """Start the next where the last one is over."""
        for question in list(self.acknowledged):
            if question in self.running and self.running[question].poll() is None:
                continue
            self.finish(question)
            status = TURN[self.acknowledged[question] % len(TURN)]
            self.running[question] = python("prep", "set", question, status, "--db", self.path)

    def finish(self, question):
        """Wait for the one that runs, which has to succeed."""
        process = self.running.pop(question, None)
        if process:
            _, said = process.communicate()
            assert (process.returncode, said) == (0, "")
            self.acknowledged[question] += 1


@contextmanager
def tabs(request, path, questions):
    """Give functions that each click a status on a question's page: in Chromium, or the harness."""
    if not FULL:
        request.getfixturevalue("monkeypatch").setattr(
            database, "BUSY_TIMEOUT_SECONDS", HANGS_AFTER_SECONDS
        )
        open_page = request.getfixturevalue("open_page")
        yield {
            question: harness_click(open_page("question", id=question), question)
            for question in questions
        }
        return
    chromium = request.getfixturevalue("browser")
    with (
        patient_server(path) as address,
        visits(chromium, address) as visit,
    ):
        yield {
            question: browser_click(visit("/question", id=question), path, question)
            for question in questions
        }


@contextmanager
def patient_server(path):
    port = free_port()
    run = ["-m", PATIENT, "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    with running(run, {"PREP_DB": str(path)}):
        wait_until_answering(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}"


def harness_click(test: AppTest, question):
    def click(status):
        test.segmented_control(key=f"status-{question}").set_value(status).run()
        assert not test.exception
        assert [error.value for error in test.error] == []

    return click


def browser_click(page, path, question):
    def click(status):
        page.get_by_role("radio", name=TITLES[status]).click()
        eventually(lambda: state(path, question) == status, seconds=HANGS_AFTER_SECONDS)
        settled(page)
        assert page.get_by_test_id("stAlert").all_inner_texts() == []

    return click


def state(path, question):
    with closing(open_database(path)) as db:
        return Tracker(db, None).state(question).status


def changes_of(path, question, field):
    with closing(open_database(path)) as db:
        found = change_list.changes(db, subject_id=question, field=field, limit=1_000_000)
    return [change.new for change in reversed(found)]


def test_twenty_writers_and_three_tabs_lose_nothing(request, db_path, withstood):
    clicked = Counter()
    commands = Commands(db_path, [f"SD-{n}" for n in range(101, 101 + COMMANDS)])
    with tabs(request, db_path, ["L-01", "L-02", "L-03"]) as clicks:
        writers = python("tests.torture.writers", db_path, CHANGES, WRITERS)
        longest_click = 0.0
        while writers.poll() is None:
            for question, click in clicks.items():
                began = time.monotonic()
                click(TURN[clicked[question] % len(TURN)])
                longest_click = max(longest_click, time.monotonic() - began)
                clicked[question] += 1
                commands.go_on()
        for question in commands.acknowledged:
            commands.finish(question)
    said, wrong = writers.communicate()
    assert wrong == ""
    written = [json.loads(line) for line in said.splitlines()]
    assert len(written) == WRITERS
    assert [error for found in written for error in found["errors"]] == []
    for question in SHARED:
        count = sum(found["counted"].get(question, 0) for found in written)
        counted = changes_of(db_path, question, "personal_notes")
        assert counted == [str(n) for n in range(1, count + 1)], "a lost update"
    for question, count in (clicked + commands.acknowledged).items():
        turns = [TURN[n % len(TURN)] for n in range(count)]
        assert changes_of(db_path, question, "status") == turns
    assert_sound(db_path)
    assert [sum(found["counted"].values()) for found in written] == [CHANGES] * WRITERS
    longest, overtaken = (max(found[key] for found in written) for key in ("longest", "overtaken"))
    assert overtaken < OVERTAKEN
    withstood(
        f"{WRITERS + COMMANDS} writers and three tabs at once",
        f"{CHANGES} each",
        f"{CHANGES * WRITERS:,} changes by processes, {commands.acknowledged.total()} by commands,"
        f" {clicked.total()} by clicks, none lost or refused; longest wait {longest:.1f} s, with"
        f" {overtaken} changes of others,"
        f" longest click {longest_click:.1f} s",
    )


def test_many_first_starts_at_once_make_one_database(tmp_path):
    path = tmp_path / "new" / "prep.db"
    questions = [f"L-0{n}" for n in range(1, STARTS_AT_ONCE + 1)]
    started = [python("prep", "set", question, "done", "--db", path) for question in questions]
    for process in started:
        _, said = process.communicate()
        assert (process.returncode, said) == (0, "")
    assert {state(path, question) for question in questions} == {"done"}
    assert_sound(path)
