"""What Prep writes for a person is readable to that person alone, however lax the umask."""

import os
import stat
import tempfile

import pytest
from click.testing import CliRunner

from prep.cli import cli, exporting
from prep.exchange import anki
from prep.practice import answers, recordings
from tests.practice.sounds import tone, wav

TALK = wav(tone(2))
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


@pytest.mark.parametrize("file_format", FORMATS)
def test_no_export_holds_a_recording(db, db_path, clock, tmp_path, file_format):
    answers.save(db, clock, "L-01", "Mine")
    export(db_path, file_format, tmp_path / "without")
    recordings.keep(db, clock, "answer", "L-01", TALK)
    export(db_path, file_format, tmp_path / "with")
    more = size_of(tmp_path / "with") - size_of(tmp_path / "without")
    assert abs(more) < 1000  # the time that it says it was made


def test_no_backup_holds_a_recording(db, db_path, clock, tmp_path):
    recordings.keep(db, clock, "answer", "L-01", TALK)
    run("backup", tmp_path / "copy.db", "--db", db_path)
    run("backup", "--db", db_path)
    for copy in (tmp_path / "copy.db", *(tmp_path / "backups").iterdir()):
        assert TALK[100:200] not in copy.read_bytes()
    assert not list((tmp_path / "backups").glob("*.wav"))


def size_of(made):
    files = [made] if made.is_file() else [path for path in made.rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in files)
