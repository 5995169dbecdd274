"""Files made to take all memory or time: refused or taken in, within 500 MB and without hanging.

What Python does for them grows as they do, and no faster; how many seconds they take is in the
table of `make torture`.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from prep.clock import system_clock
from prep.content import importer
from prep.content.sites import index, markdown_folder, sources
from prep.errors import PrepError
from prep.exchange import csv_table, imports, json_export
from prep.planning.wording import many
from prep.practice import answers
from prep.progress.tracker import Tracker
from prep.store.database import open_database, writing
from tests.work import HANGS_AFTER_SECONDS, Steps

from .conftest import either

ROOT = Path(__file__).parents[2]
MEGABYTES = 500
CPU_SECONDS = 150  # of a process that hangs: ten times what a slow machine needs
SIZES = either((1_000, 2_000, 4_000), (500, 1_000, 2_000))
_BIG = 200_000_000
OF_200 = "file or folder of 200 MB"

# Takes a file in as the command line does; prints the most memory it took and the time, then
# what was said of it.
BRING = """
import re, resource, sys, time
from pathlib import Path
from prep.exchange import imports, restore_backup
from prep.clock import system_clock
from prep.store.database import translate_sqlite_errors, open_database
from prep.errors import PrepError
source, database = map(Path, sys.argv[2:])
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]),) * 2)
began = time.process_time()
try:
    with translate_sqlite_errors(database):
        if source.suffix == ".db":
            restore_backup.restore(source, database)
        else:
            with open_database(database) as db:
                imports.apply(db, database, system_clock(), imports.read(source).take_in)
    said = "taken in"
except PrepError as error:
    said = str(error)
peak, status = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, Path("/proc/self/status")
if status.exists():  # getrusage counts what the process was before it became this one, too
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1])
print(peak // 1024, time.process_time() - began)
print(said)
"""


@pytest.fixture
def bring(db_path, weighed):
    """Return a function that takes a file in by itself, held to memory and ended if it hangs."""

    def bring(path, kind):
        ran = subprocess.run(
            [sys.executable, "-c", BRING, str(CPU_SECONDS), str(path), str(db_path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=HANGS_AFTER_SECONDS,
            check=False,
        )
        assert ran.returncode != -signal.SIGXCPU, "it hangs"
        assert ran.returncode == 0, ran.stderr[-2000:]
        figures, said = ran.stdout.split("\n", 1)
        megabytes, seconds = map(float, figures.split())
        weighed(kind, megabytes, seconds)
        assert megabytes < MEGABYTES
        assert len(said.splitlines()) == 1
        return said.strip()

    return bring


@pytest.mark.parametrize(
    "name", either(["index.json", "export.json", "table.csv", "backup.db"], ["index.json"])
)
def test_200_megabytes_are_refused(name, tmp_path, bring):
    path = tmp_path / name
    begin = {
        "export.json": b'{"format": "prep", "tables": ',
        "table.csv": b"id,status\n",
        "backup.db": b"SQLite format 3\0",
    }.get(name, b"[")
    with path.open("wb") as file:
        file.write(begin)
        file.truncate(_BIG)
    assert "larger than" in bring(path, OF_200) or name == "backup.db"


def test_a_folder_of_200_megabytes_is_refused(tmp_path, bring):
    for n in range(4):
        with (tmp_path / f"{n}.md").open("wb") as file:
            file.truncate(_BIG // 4)
    assert "import its folders one by one" in bring(tmp_path, OF_200)


def index_of(*entries):
    """Return the site's sheets and more entries, as text."""
    sheets = [
        entry
        for entry in json.loads(sources.SHIPPED_INDEX.read_text())
        if entry["permalink"].endswith("quest-sheet/")
    ]
    return json.dumps([*sheets, *entries])


def entry(n, content="x"):
    return {
        "title": f"{n}",
        "permalink": f"/posts/java/{n}/",
        "section": "",
        "summary": "",
        "content": content,
    }


def full(unit, most):
    return unit * (most // len(unit.encode()))


def change(n):
    return {
        "at": f"2026-01-01T00:00:00.{n:06}+00:00",
        "undoes": None,
        "fields": [["question", "L-01", "personal_notes", "", "x"]],
    }


CODE = '// a SELECT b { "c" } '
INSIDE = {
    "deep.json": lambda: "[" * 4_900_000,
    "lists.json": lambda: "[" + full("[],", 4_900_000) + "[]]",
    "numbers.json": lambda: "[" + full("1e9,", 4_900_000) + "0]",
    "one-number.json": lambda: "[" + "9" * 4_900_000 + "]",
    "entries.json": lambda: index_of(*map(entry, range(45_000))),
    "articles.json": lambda: index_of(*(entry(n, "Word a. " * 15_000) for n in range(40))),
    "headings.json": lambda: index_of(*(entry(n, "Word word # " * 9_000) for n in range(44))),
    "code.json": lambda: index_of(*(entry(n, CODE * 4_500) for n in range(44))),
    "wide.json": lambda: index_of(*(entry(n, "\U0001f600" * 25_000) for n in range(15))),
    "sheet.json": lambda: json.dumps(
        [
            {**entry(0), "permalink": link, "content": " 1 a todo" * 20_000}
            for link in ("/quest-sheet/", "/behavioral-quest-sheet/")
        ]
    ),
    "export-deep.json": lambda: '{"format": "prep", "a": ' + "[" * 900_000,
    "export-lists.json": lambda: '{"format": "prep", "a": [' + full("[],", 19_000_000) + "[]]}",
    "export-many.json": lambda: '{"format": "prep", "a": [' + full("1,", 5_900_000) + "1]}",
    "export-wide.json": lambda: json.dumps(
        {
            "format": "prep",
            "version": 1,
            "questions": {},
            "changes": [],
            "tables": {"setting": [{"key": "a", "value": "\U0001f600" * 4_500_000}]},
        },
        ensure_ascii=False,
    ),
    "export-rows.json": lambda: json.dumps(
        {
            "format": "prep",
            "version": 1,
            "questions": {"L-01": "x"},
            "tables": {},
            "changes": list(map(change, range(120_000))),
        }
    ),
    "rows.csv": lambda: "id,status\n" + full("a\n", 19_000_000),
    "commas.csv": lambda: "id" + full(",", 19_000_000) + "\na\n",
    "cells.csv": lambda: "id,status\na" + full(",", 19_000_000),
    "lines.csv": lambda: "id\n" + full("\n", 19_000_000),
    "blanks.csv": lambda: "id,status\n" + full(",\n", 19_000_000),
    "days.csv": lambda: (
        "id,started_on,drafted_on,done_on,moved_to\n"
        + "".join(f"L-{n},20 Nov 26x,20.11.x,11/20/2026 0:00,{'1 ' * 900}\n" for n in range(9_900))
    ),
    "bases.csv": lambda: (
        "id,exported_as\n"
        + "".join(f"L-{n},L-{n}{' answer=h0123456789ab.long' * 70}\n" for n in range(9_900))
    ),
    "digests.csv": lambda: (
        "id,answer,exported_as\n"
        + "".join(f"L-{n},{'a' * 1_900},L-{n} answer=h0123456789ab\n" for n in range(9_900))
    ),
}


@pytest.mark.parametrize("name", either(list(INSIDE), ["lists.json", "export-lists.json"]))
def test_what_fits_the_limit_is_held_to_memory_and_ends(name, tmp_path, bring):
    path = tmp_path / name
    kind = "export" if "export" in name else path.suffix[1:]
    path.write_text(INSIDE[name](), encoding="utf-8")
    assert path.stat().st_size <= max(
        index.MAX_INDEX_BYTES if "export" not in name else 0,
        json_export.MAX_BYTES if "export" in name else 0,
        csv_table.MAX_BYTES if name.endswith("csv") else 0,
    )
    bring(path, f"odd {'index' if kind == 'json' else kind} just below its limit")


LAUGHS = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))
FRONT_MATTER = {
    "laughs": f"a0: &a0 ha\n{LAUGHS}\nsummary: *a9",
    "deep": "a: " + "[" * 90_000,
    "keys": "\n".join(f"k{n}: 1" for n in range(9_000)),
    "merges": "x: &x {a: 1}\n" + "\n".join(f"y{n}: {{<<: *x}}" for n in range(3_000)),
    "number": "date: " + "9" * 90_000,
    "sixty": "date: " + "1:" * 45_000 + "1",
}


@pytest.mark.parametrize("name", either(list(FRONT_MATTER), ["laughs"]))
@pytest.mark.parametrize("kind", ["title: a", f"{markdown_folder.QUESTION_KEY}: L-01"])
def test_front_matter_cannot_grow(name, kind, tmp_path, bring):
    (tmp_path / f"{name}.md").write_text(f"---\n{kind}\n{FRONT_MATTER[name]}\n---\ntext\n")
    said = bring(tmp_path, "odd front matter")
    assert said == "taken in" or "front matter" in said or "date" in said


ODD = [
    "[",
    "![",
    "`a``b",
    "<?",
    "<!--",
    "*a ",
    "*a **b_ ",
    "a|\n",
    "> > > ",
    "> " * 40 + "x\n",
    "- ",
    "- " * 40 + "x\n",
    "# a\n",
    "#\n",
    "a\n=\n",
    "[a]: b\n",
]


@pytest.mark.parametrize("unit", either(ODD, ["- " * 40 + "x\n"]))
@pytest.mark.parametrize(
    "files", either([1, markdown_folder.MAX_FOLDER_BYTES // markdown_folder.MAX_ARTICLE_BYTES], [1])
)
def test_markdown_takes_no_longer_for_being_odd(files, unit, tmp_path, bring):
    text = full(unit, markdown_folder.MAX_ARTICLE_BYTES - 100)
    for n in range(files):
        (tmp_path / f"{n}.md").write_text(f"---\ntitle: odd\npermalink: /odd/{n}/\n---\n{text}")
    said = bring(tmp_path, f"odd Markdown, {many(files, 'file')}")
    assert said == "taken in" or "opening brackets" in said or "headings" in said


def odd_folder(place, size):
    place.mkdir()
    for n, unit in enumerate(ODD):
        text = f"---\ntitle: odd\npermalink: /odd/{n}/\n---\n{full(unit, size)}"
        (place / f"{n}.md").write_text(text)
    return place


def odd_index(place, size):
    articles = [entry("headings", full("Word word # ", size)), entry("code", full(CODE, size))]
    place.with_suffix(".json").write_text(index_of(*articles, *map(entry, range(size // 10))))
    return place.with_suffix(".json")


def long_export(place, size):
    """Write what someone exports who changed one note over and over."""
    with importer.open_filled(place.with_suffix(".db"), system_clock()) as db:
        with writing(db):
            for n in range(size // 10):
                Tracker(db, system_clock()).edit({"L-01": {"personal_notes": f"{n}"}})
        place.with_suffix(".json").write_bytes(json_export.export(db))
    return place.with_suffix(".json")


@pytest.mark.parametrize("odd", [odd_folder, odd_index, long_export])
def test_what_is_twice_as_large_takes_twice_the_steps(odd, filled_file, tmp_path):
    one, two, four = (
        steps_to_bring(odd(tmp_path / f"{size}", size), filled_file, tmp_path) for size in SIZES
    )
    assert two > one, "what is made larger is looked at"
    assert four - two <= 2.2 * (two - one)


def steps_to_bring(path, filled_file, folder):
    """Return how many lines of Python it takes to bring a file to a database, the second time.

    The first time, modules may be imported on the way.
    """
    counted = 0
    for name in ("first", "second"):
        database = Path(shutil.copy(filled_file, folder / f"{name}-{path.stem}.db"))
        with open_database(database) as db, Steps() as steps, suppress(PrepError):
            imports.apply(db, database, system_clock(), imports.read(path).take_in)
        counted = steps.count
    return counted


@pytest.mark.parametrize("letter", either(["a", "\U0001f600", "\x85", "[", "- "], ["\U0001f600"]))
def test_answers_up_to_the_limit_are_taken_in(letter, db, tmp_path, bring):
    folder, size = tmp_path / "answers", 0
    for (question_id,) in db.execute("SELECT id FROM question").fetchall():
        body = (letter * answers.MAX_ANSWER)[: answers.MAX_ANSWER]
        text = f"---\n{markdown_folder.QUESTION_KEY}: {question_id}\n---\n{body}"
        size += len(text.encode())
        if size > markdown_folder.MAX_ANSWERS_BYTES:
            break
        folder.mkdir(exist_ok=True)
        (folder / f"{question_id}.md").write_text(text, encoding="utf-8")
    assert bring(folder, "answers up to 20 MB") == "taken in"


def test_devices_and_pipes_are_no_files(tmp_path, bring):
    kind = "device or pipe"
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.md")
    for path in (Path("/dev/zero"), Path("/dev/stdin"), tmp_path / "pipe"):
        assert "no file that can be read" in bring(path, kind)
    assert "no file that can be read" in bring(tmp_path, kind)
