"""Files damaged in every way a seed can think of: taken in whole, or refused in one clear line."""

import functools
import hashlib
import json
import random
import shutil
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from prep.clock import Clock
from prep.content import importer
from prep.content.sites import sources
from prep.errors import PrepError
from prep.exchange import (
    csv_table,
    imports,
    json_export,
    json_import,
    markdown_answers,
    restore_backup,
    shared_log,
    validation,
)
from prep.store import integrity
from prep.store.database import open_database, translate_sqlite_errors
from tests.exchange.device import Device, live
from tests.what_pages_read import read_all
from tests.work import Steps

from .conftest import either
from .mutator import (
    csv_damage,
    database_damage,
    front_matter_damage,
    json_damage,
    text_damage,
)

EACH = either(1000, 15)
MOST_STEPS = 1_000_000  # lines of Python for one file
LONGEST_LINE = 500
ARTICLES = ("/behavioral/leadership/", "/posts/java/")
LATER = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A folder with every kind of file, and the database that they come from."""
    folder = tmp_path_factory.mktemp("mutations")
    small_index(folder / "index.json")
    (folder / "none").mkdir()
    path = folder / "prep.db"
    with open_database(path) as db:
        content = sources.read_content(folder / "index.json", folder / "none")
        device = Device(path, db)
        importer.import_content(db, content, "index.json", device.clock)
        live(device)
        (folder / "export.json").write_bytes(json_export.export(db))
        (folder / "table.csv").write_bytes(csv_table.export(db))
        markdown_answers.write(db, folder / "answers")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (folder / "article.md").write_text(
        "---\ntitle: Locks\npermalink: /mine/locks/\ndate: 2026-01-02\nsection: Java\n"
        "summary: What waits\n---\n## 1. Hook\n\nA `lock` and\n\n```java\nclass A {}\n```\n"
    )
    return folder


def small_index(path):
    """Write the sheets and the first article of two folders: less to read each time."""
    entries = json.loads(sources.SHIPPED_INDEX.read_text())
    kept = [entry for entry in entries if entry["permalink"].endswith("quest-sheet/")]
    for folder in ARTICLES:
        inside = [e for e in entries if e["permalink"].startswith(folder) and e["summary"]]
        kept.append(min(inside, key=lambda entry: len(entry["content"])))
    path.write_text(json.dumps(kept, ensure_ascii=False))


class Target:
    """A database that damaged files are brought to, and what was found."""

    def __init__(self, started, folder):
        self.started, self.folder = started, folder
        self.path = folder / "prep.db"
        self.clock = Clock(UTC, now=lambda: LATER)
        self.taken = self.refused = self.longest = self.most_steps = 0
        self.refusals = {}
        self.renew()

    def renew(self):
        for left in self.folder.glob("prep.db*"):
            left.unlink()
        shutil.copy(self.started / "prep.db", self.path)
        self.before = content(self.path)

    def bring(self, act):
        """Let `act` take something in; hold that it did, or that it refused in one line."""
        try:
            with translate_sqlite_errors(self.path), self._measured():
                act()
        except PrepError as error:
            self.refused += 1
            assert_one_line(str(error))
            self.refusals[type(error).__name__] = str(error)
            assert content(self.path) == self.before, "refused, and still something changed"
        else:
            self.taken += 1
            assert_whole(self.path, self.clock)
            self.renew()
        assert self.most_steps < MOST_STEPS

    @contextmanager
    def _measured(self):
        began = time.monotonic()
        counted = Steps()
        try:
            with counted:
                yield
        finally:
            self.longest = max(self.longest, time.monotonic() - began)
            self.most_steps = max(self.most_steps, counted.count)


@pytest.fixture
def target(started, tmp_path, monkeypatch):
    read_content = functools.partial(sources.read_content, articles_folder=started / "none")
    monkeypatch.setattr(sources, "read_content", read_content)
    return Target(started, tmp_path)


def content(path):
    """Return what tells the rows of a database from any others."""
    digest = hashlib.sha256()
    with open_database(path) as db:
        for table in sorted(db.table_names()):
            if not table.startswith("search_index"):
                for row in db.execute(f"SELECT * FROM {table}"):
                    digest.update(repr(row).encode())
    return digest.digest()


def assert_one_line(said):
    assert said.strip()
    assert len(said) <= LONGEST_LINE
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
    said.encode()


def assert_whole(path, clock):
    wrong = [found for found in integrity.check(path) if not found.is_right]
    assert wrong == []
    with open_database(path) as db:
        validation.refuse_unreadable(db, "the database")
        read_all(db, clock)


def take_in(target, path):
    with open_database(target.path) as db:
        imports.apply(db, target.path, target.clock, imports.read(path).take_in)


def damaged(kind, started, place, chance):
    """Write a damaged file of a kind into the folder `place`; return what is to be brought in."""
    if kind == "Markdown":
        return damaged_folder(started, place, chance)
    name, by_meaning = {
        "index": ("index.json", json_damage),
        "export": ("export.json", json_damage),
        "table": ("table.csv", csv_damage),
    }[kind]
    data = (started / name).read_bytes()
    damage = chance.choice([by_meaning, by_meaning, text_damage])
    (place / name).write_bytes(damage(data, chance))
    return place / name


def damaged_folder(started, place, chance):
    folder = place / "notes"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(started / "answers", folder)
    shutil.copy(started / "article.md", folder)
    path = chance.choice(sorted(folder.rglob("*.md")))
    damage = chance.choice([front_matter_damage, front_matter_damage, text_damage])
    path.write_bytes(damage(path.read_bytes(), chance))
    return folder


@pytest.mark.parametrize("kind", ["index", "Markdown", "export", "table"])
def test_a_damaged_file_is_taken_in_whole_or_refused_in_one_line(
    kind, started, target, tmp_path, withstood
):
    for seed in range(EACH):
        chance = random.Random(f"{kind} {seed}")
        path = damaged(kind, started, tmp_path, chance)
        try:
            target.bring(lambda path=path: take_in(target, path))
        except BaseException as error:
            error.add_note(f"{kind}, seed {seed}")
            raise
    assert target.refused
    withstood(f"damaged {kind}", EACH, result(target))


def test_a_damaged_database_is_restored_whole_or_refused_in_one_line(
    started, target, tmp_path, withstood
):
    for seed in range(EACH):
        chance = random.Random(f"database {seed}")
        source = tmp_path / "source.db"
        database_damage(started / "prep.db", source, chance)
        try:
            target.bring(lambda source=source: restore_backup.restore(source, target.path))
        except BaseException as error:
            error.add_note(f"database, seed {seed}")
            raise
        for left in tmp_path.glob("source.db*"):
            left.unlink()
    assert target.refused
    withstood("damaged database", EACH, result(target))


def result(target):
    return (
        f"{target.taken} taken in whole, {target.refused} refused in one line,"
        f" longest {target.longest:.1f} s"
    )


def test_what_is_not_damaged_is_taken_in(started, target):
    for name in ("index.json", "export.json", "table.csv", "answers"):
        target.bring(lambda name=name: take_in(target, started / name))
    target.bring(lambda: restore_backup.restore(started / "prep.db", target.path))
    assert (target.taken, target.refused) == (5, 0)


def test_what_is_taken_in_can_be_taken_out_and_in_again(started, target):
    take_in(target, started / "export.json")
    with open_database(target.path) as db:
        assert json_import.read(json_export.export(db), "export") == shared_log.of(db)
    assert LATER - datetime(2026, 11, 2, tzinfo=UTC) > timedelta(days=1)
