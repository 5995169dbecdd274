"""The command line, as a person runs it."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from prep.cli import cli
from tests.conftest import output

ROOT = Path(__file__).parents[2]


def commands(group, names=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*names, name))
        else:
            yield " ".join((*names, name))


@pytest.mark.parametrize("name", [*commands(cli)])
def test_every_command_is_documented(prep, name):
    table = [line for line in (ROOT / "README.md").read_text().splitlines() if line[:3] == "| `"]
    assert any(f"`{name}" in line for line in table)
    said = CliRunner().invoke(cli, [*name.split(), "-h"]).output
    assert said.startswith(f"Usage: cli {name} [OPTIONS]") or f" {name} " in said
    assert len(said.splitlines()[2].strip()) > 10


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["config", "speed"], "error: there is no setting 'speed'"),
        (["config", "pace", "0"], "error: pace cannot be '0': questions a study day run from"),
        (["config", "study_days", ""], "error: study_days cannot be ''"),
        (["config", "target_on", "2000-01-01"], "is before the start on"),
        (["config", "start_on", "2027-02-29"], "there is no such day"),
        (["move", "SD-999", "skip"], "error: there is no question 'SD-999'"),
        (["move", "SD-999", "tomorrow"], "error: there is no question 'SD-999'"),
        (["move", "SD-001", "2000-01-01"], "it is before"),
        (["move", "SD-001", "yesterday"], "error: 'yesterday' is no day"),
        (["export", "--format", "pdf", "-o", "x"], "'pdf' is not one of 'json', 'csv', 'ics'"),
        (["set", "L-99", "done"], "error: there is no question 'L-99': ids look like"),
        (["set", "L-01", "finished"], "error: 'finished' is no status"),
        (["set", "L-01", "done", "--on", "2026-02-30"], "error: '2026-02-30' is no day"),
        (["set", "L-01", "done", "--on", "2999-01-01"], "after today"),
        (["set", "L-01"], "error: Missing argument 'STATUS'"),
        (["history", "L-99"], "error: there is no question 'L-99'"),
        (["article", "/nowhere/"], "error: there is no article '/nowhere/'"),
        (["import", "/no/such/file.json"], "error: /no/such/file.json: there is no such file"),
        (["import", __file__], "not JSON"),
        (["frobnicate"], "error: No such command 'frobnicate'"),
        (["questions", "--yaml"], "error: No such option"),
    ],
)
def test_what_is_wrong_is_one_line_and_changes_nothing(prep, arguments, sentence):
    before = output(prep("questions", "--json"))
    code, text, errors = prep(*arguments)
    assert (code, text) == (1, "")
    assert sentence in errors
    assert errors.startswith("error: ") and errors.count("\n") == 1
    assert output(prep("questions", "--json")) == before


def test_a_file_that_is_no_database_is_one_line(tmp_path):
    path = tmp_path / "prep.db"
    path.write_text("text " * 1000)
    result = CliRunner().invoke(cli, ["status", "--db", str(path)])
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ") and result.stderr.count("\n") == 1


def test_db_may_stand_before_the_command_and_a_new_one_is_filled(tmp_path):
    path = tmp_path / "new" / "prep.db"
    done = subprocess.run(
        [sys.executable, "-m", "prep", "--db", str(path), "status", "--json"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["sheets"]["behavioral"]["total"] == 171
    assert path.exists()


def test_where_nothing_is_named_the_help_is_printed(capsys):
    with suppress(SystemExit):
        cli.main([])
    printed = capsys.readouterr()
    assert printed.out.startswith("Usage: ")
    assert printed.err == ""
