"""Names that are odd, outputs that are full, Ctrl-C at any time: one line each, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from prep.cli import cli
from prep.errors import DatabaseError
from prep.markdown import files
from prep.progress import own_questions
from prep.store import backups
from prep.store.database import open_database
from tests.work import HANGS_AFTER_SECONDS

from .conftest import output

ROOT = Path(__file__).parent.parent
LONG = {
    "a name too long for a file": "x" * 300,
    "a name too long for what stands beside": "x" * 250,
    "a long name in Cyrillic": "Ж" * 130,
    "a path too long": f"{'d' * 200}/" * 30 + "x",
    "a path through a file": f"{__file__}/x",
    "a name of signs": "[a-z]*?x" * 31,
}
COMMANDS = {
    "database": lambda name: ["--db", name, "status"],
    "check": lambda name: ["--db", name, "check"],
    "backup": lambda name: ["backup", name],
    "restore": lambda name: ["restore", name],
    "import": lambda name: ["import", name],
    "import a table": lambda name: ["import", f"{name}.csv"],
    "import another site": lambda name: ["import", "--articles-only", name, "--site", "x"],
    "export": lambda name: ["export", "--format", "json", "-o", name],
    "export a folder": lambda name: ["export", "--format", "markdown", "-o", name],
    "answer": lambda name: ["answer", "L-01", "--file", name],
    "story": lambda name: ["story", "add", "--file", name],
    "article": lambda name: ["article", name],
}


def run(*arguments, db, **how):
    """Run a command as a person does, in a process of its own; return (exit code, errors)."""
    done = subprocess.run(
        [sys.executable, "-m", "prep", *arguments],
        env={**os.environ, "PREP_DB": str(db), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        **{"stdout": subprocess.DEVNULL, "cwd": Path(db).parent} | how,
    )
    return done.returncode, done.stderr


def assert_one_line(code, errors):
    assert code == 1
    assert errors.startswith("error: ") and errors.count("\n") == 1
    assert len(errors) < 600


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_long_name_is_taken_or_refused_in_one_line(db_path, monkeypatch, command, name):
    monkeypatch.chdir(db_path.parent)
    monkeypatch.setenv("PREP_DB", str(db_path))
    done = CliRunner().invoke(cli, command(name))
    if done.exit_code and "WRONG" not in done.stdout:  # what `check` finds wrong
        assert_one_line(done.exit_code, done.stderr)
    assert done.exception is None or isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("name", [":memory:", "x/../:memory:", ".", "/dev/zero"])
def test_what_keeps_nothing_is_no_database(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    code, errors = run("set", "L-01", "done", db=name, cwd=tmp_path)
    assert_one_line(code, errors)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DatabaseError):
        open_database(Path(name))


def test_a_name_that_sqlite_reads_as_an_address_is_a_file_like_any(db_path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = "file:x?mode=memory"
    assert run("set", "L-01", "done", db=name, cwd=tmp_path) == (0, "")
    code, errors = run("note", "L-01", "kept", db=name, cwd=tmp_path)
    assert (code, errors) == (0, "")
    with open_database(tmp_path / name) as db:
        row = db.execute("SELECT status, personal_notes FROM progress").fetchone()
    assert row == ("done", "kept")
    assert run("backup", "file:y?mode=memory", db=name, cwd=tmp_path) == (0, "")
    assert run("restore", "file:y?mode=memory", db=name, cwd=tmp_path) == (0, "")
    assert run("check", db=name, cwd=tmp_path) == (0, "")


def test_a_backup_replaces_no_pipe_and_no_device(db_path, tmp_path):
    pipe = tmp_path / "pipe.db"
    os.mkfifo(pipe)
    with pytest.raises(DatabaseError, match="that is no file"):
        backups.copy(db_path, pipe)
    assert pipe.is_fifo()


def test_a_backup_can_have_as_long_a_name_as_a_file_can(prep, db_path, tmp_path):
    for name in ("x" * 252 + ".db", "Ж" * 126 + ".db"):
        assert "checked" in output(prep("backup", str(tmp_path / name)))
        assert "restored" in output(prep("restore", str(tmp_path / name)))


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("prep.json", "prep.json"),
        ("Ж" * 140 + ".json", "Ж" * 97 + ".json"),
        ("x" * 300, "x" * 200),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("a\0b.csv", "ab.csv"),
        ("🎯" * 100 + ".CSV", "🎯" * 49 + ".CSV"),
        ("x." + "y" * 300, "x." + "y" * 198),
    ],
)
def test_a_usable_name(tmp_path, wanted, name):
    assert files.usable_name(wanted) == name
    (tmp_path / name).write_bytes(b"")


@pytest.mark.parametrize("command", [["status"], ["questions", "--json"], ["-h"], [], ["check"]])
def test_a_full_standard_output_is_one_line(db_path, command):
    with Path("/dev/full").open("w") as full:
        code, errors = run(*command, db=db_path, stdout=full)
    assert_one_line(code, errors)
    assert "standard output: No space left on device" in errors


@pytest.mark.parametrize("command", [["status"], ["questions"]])
def test_who_reads_may_have_enough(db_path, command):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        assert run(*command, db=db_path, stdout=pipe) == (1, "")


def test_a_standard_output_that_is_closed_is_none_of_ours(db_path):
    shell = f"{sys.executable} -m prep set L-01 done >&-"
    done = subprocess.run(
        ["sh", "-c", shell],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PREP_DB": str(db_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")


INTERRUPTED = """
import os, runpy, signal, sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
where = sys.argv[1]
package = sys.argv[2]
sys.argv[0:3] = [package]

class At:
    def find_spec(self, name, path=None, target=None):
        if name == where:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, At())
runpy.run_module(package, run_name="__main__")
"""


@pytest.mark.parametrize(
    "module",
    [
        "prep.cli",
        "click",
        "sqlite_utils",
        "prep.content.importer",
        "numpy",
        "pandas",
        "pandas.core.frame",
        "prep.cli.story_bank",
        "genanki",
    ],
)
def test_ctrl_c_while_it_starts_is_one_line(db_path, tmp_path, module):
    """Wherever it comes in between: at the first import, the last, or one of a command's own."""
    arguments = ["export", "--format", "anki", "-o", str(tmp_path / "prep.apkg")]
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, module, "prep", *arguments],
        env={**os.environ, "PREP_DB": str(db_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "error: stopped\n")
    assert not (tmp_path / "prep.apkg").exists()


@pytest.mark.parametrize("module", ["streamlit", "uvicorn", "prep.ui.server.gate"])
def test_ctrl_c_while_the_app_starts_is_one_line(db_path, module):
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, module, "prep.ui", "--server.port", "0"],
        env={**os.environ, "PREP_DB": str(db_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=HANGS_AFTER_SECONDS,
    )
    assert done.returncode
    assert done.stderr.strip() in ("error: stopped", "Aborted!")
    assert "Traceback" not in done.stdout


def test_ctrl_c_amid_a_command_changes_nothing(db_path):
    """While it writes: what was begun is taken back."""
    script = INTERRUPTED.replace(
        "sys.meta_path.insert(0, At())",
        "import prep.store.change_log as history\n"
        "history.new_change = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)",
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "-", "prep", "set", "L-01", "done"],
        env={**os.environ, "PREP_DB": str(db_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "error: stopped\n")
    with open_database(db_path) as db:
        assert db.execute("SELECT count(*) FROM change").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM progress").fetchone() == (0,)


def test_a_question_with_a_long_name_goes_out_as_markdown(prep, db, clock, tmp_path):
    fields = {
        "sheet": "system-design",
        "category_position": 1,
        "title": "Ж" * 250 + " " + "x" * 240,
    }
    own_questions.add(db, clock, fields)
    output(prep("note", "X-001", "a note"))
    folder = str(tmp_path / "answers")
    assert output(prep("export", "--format", "markdown", "-o", folder)) == f"{folder}: 1 file\n"
    assert "notes: none" in output(prep("import", folder))
