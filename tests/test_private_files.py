"""What Prep writes for a person is readable to that person alone, however lax the umask."""

import os
import stat
import tempfile

import pytest
from click.testing import CliRunner

from prep.cli import cli, exporting
from prep.exchange import anki
from prep.practice import answers

FORMATS = next(
    parameter.type.choices
    for parameter in exporting.export.params
    if parameter.name == "file_format"
)


@pytest.fixture(autouse=True)
def lax_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def run(*arguments):
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert (result.exit_code, result.stderr) == (0, "")


def export(db_path, file_format, output, *options):
    run("export", "--format", file_format, "-o", output, "--db", db_path, *options)


@pytest.mark.parametrize("file_format", FORMATS)
def test_an_export_is_for_its_owner_alone(db, db_path, clock, tmp_path, file_format):
    answers.save(db, clock, "L-01", "Mine")
    out = tmp_path / "out"
    out.mkdir(0o700)
    export(db_path, file_format, out / "new")
    made = list(out.rglob("*"))
    assert {mode(path) for path in made if path.is_file()} == {0o600}
    assert {mode(path) for path in made if path.is_dir()} <= {0o700}


@pytest.mark.parametrize("file_format", FORMATS)
def test_an_export_over_an_open_file_closes_it(db, db_path, clock, tmp_path, file_format):
    answers.save(db, clock, "L-01", "Mine")
    export(db_path, file_format, tmp_path / "out")
    written = [path for path in (tmp_path / "out", *tmp_path.glob("out/**/*")) if path.is_file()]
    assert written
    for path in written:
        path.chmod(0o644)
    export(db_path, file_format, tmp_path / "out", "--force")
    assert {mode(path) for path in written} == {0o600}


def test_a_backup_is_for_its_owner_alone(db_path, tmp_path):
    db_path.chmod(0o600)
    run("backup", tmp_path / "copy.db", "--db", db_path)
    run("backup", "--db", db_path)
    assert mode(tmp_path / "copy.db") == 0o600
    assert {mode(path) for path in (tmp_path / "backups").iterdir()} == {0o600}


def test_a_deck_leaves_no_copy_among_temporary_files(db, clock, tmp_path, monkeypatch):
    left = tmp_path / "temporary"
    left.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(left))
    anki.deck(db, clock)
    assert list(left.iterdir()) == []
