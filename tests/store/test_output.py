"""What Prep writes for a person: whole or not at all, and never over what might hold something."""

import os
import shutil
import stat

import pytest
from click.testing import CliRunner

from prep.cli import cli
from prep.errors import InvalidValue
from prep.practice import answers
from prep.store import backups, output, own_files
from prep.store.database import open_database

FORMATS = ["json", "csv", "ics", "anki"]


@pytest.fixture
def prep(db_path):
    """Run one command in this process; return (exit code, errors)."""

    def run(*arguments):
        result = CliRunner().invoke(cli, [*map(str, arguments), "--db", str(db_path)])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.stderr

    return run


@pytest.fixture
def place(db_path, db, clock):
    """The folder of a database in use, with its log, backups and a damaged one kept aside."""
    answers.save(db, clock, "SD-001", "## Hook\n\nA short link.\n")
    for name in ("prep.db.damaged", "prep.db.damaged-2", "prep.db.damaged-wal"):
        (db_path.parent / name).write_text("may hold something")
    backups.automatic(db_path, "daily")
    return db_path.parent


def commands(target):
    """Each command that writes a file, onto `target`."""
    yield "backup", target
    for name in FORMATS:
        yield "export", "--format", name, "-o", target


def everything(folder):
    return {
        path: (path.read_bytes(), path.stat().st_mode)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".db-shm"
    }


def links_to(place, folder):
    """The same files by other ways: symbolic and hard links, `..`, a linked folder."""
    (folder / "link").symlink_to(place / "prep.db")
    (folder / "link to link").symlink_to(folder / "link")
    os.link(place / "prep.db", folder / "hard")
    (folder / "log").symlink_to(place / "prep.db-wal")
    (folder / "place").symlink_to(place)
    return [
        folder / "link",
        folder / "link to link",
        folder / "hard",
        folder / "log",
        folder / "place" / "prep.db",
        place / ".." / place.name / "prep.db",
    ]


def test_the_database_and_what_belongs_to_it_are_never_written_over(
    place, prep, db_path, tmp_path_factory
):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    made = backups.list_backups(db_path)[0].path
    theirs = [
        *(place / f"prep.db{suffix}" for suffix in ("", *own_files.LOGS)),
        *(place / f"prep.db.damaged{suffix}" for suffix in ("", "-2", "-wal")),
        made,
        made.with_name(made.name.replace("-daily", "-asked")),  # not there, but its name is taken
        *links_to(place, elsewhere),
    ]
    before = everything(place), everything(elsewhere)
    for target in theirs:
        for command in commands(target):
            for force in ([], ["--force"]):
                code, said = prep(*command, *force)
                assert (code, said.count("\n")) == (1, 1), target
                assert said.startswith("error: ") and "name another file" in said
    assert (everything(place), everything(elsewhere)) == before


def test_what_is_there_is_replaced_only_when_asked_and_then_whole(place, prep, tmp_path):
    target = tmp_path / "mine"
    for command in commands(target):
        target.write_text("mine")
        target.chmod(0o644)
        code, said = prep(*command)
        assert code == 1 and "it is there already: name another file, or replace it with" in said
        assert target.read_text() == "mine"
        assert prep(*command, "--force") == (0, "")
        assert len(target.read_bytes()) > 100
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        target.unlink()
        assert prep(*command) == (0, "")
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        target.unlink()


def test_a_link_leads_to_the_file_that_is_written(place, prep, tmp_path):
    (tmp_path / "real").write_text("there")
    (tmp_path / "to-a-file").symlink_to("real")
    (tmp_path / "to-nothing").symlink_to("new")
    for command in commands(tmp_path / "to-a-file"):
        assert prep(*command)[0] == 1
        assert prep(*command, "--force") == (0, "")
        assert (tmp_path / "to-a-file").readlink().name == "real"
    for command in commands(tmp_path / "to-nothing"):
        assert prep(*command) == (0, "")
        (tmp_path / "new").unlink()


def test_another_database_in_use_is_not_written_over(place, prep, filled_file, tmp_path):
    other = tmp_path / "other" / "other.db"
    other.parent.mkdir()
    shutil.copy(filled_file, other)
    with open_database(other) as theirs:
        theirs.execute("UPDATE sheet SET title = 'theirs'")
        theirs.conn.commit()
        before = everything(other.parent)
        for command in commands(other):
            code, said = prep(*command, "--force")
            assert code == 1 and "a log lies beside it" in said
        assert everything(other.parent) == before
        assert theirs.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    other.unlink()
    (tmp_path / "other" / "other.db-wal").write_bytes(b"left by a process that was killed")
    code, said = prep("backup", other)
    assert code == 1 and "a log lies beside it" in said


def test_what_is_no_file_is_refused(place, prep, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for target in (tmp_path / "pipe", tmp_path, "/dev/null"):
        for command in commands(target):
            code, said = prep(*command, "--force")
            assert (code, said.count("\n")) == (1, 1), target
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_name_that_is_too_long_is_said(place, prep, tmp_path):
    for target in (tmp_path / ("x" * 300), tmp_path / ("x" * 300) / "y"):
        for command in (*commands(target), ("restore", target)):
            code, said = prep(*command)
            assert (code, said.count("\n")) == (1, 1)
        for command in ("status", "backup", "check"):
            result = CliRunner().invoke(cli, [command, "--db", str(target)])
            assert result.exit_code == 1
            assert isinstance(result.exception, SystemExit)


def test_markdown_files_are_written_all_or_none(place, prep, db, clock, tmp_path):
    answers.save(db, clock, "L-01", "An answer.\n")
    folder = tmp_path / "answers"
    command = ("export", "--format", "markdown", "-o", folder)
    assert prep(*command) == (0, "")
    [behavioral, system_design] = sorted(folder.rglob("*.md"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in (behavioral, system_design)} == {0o600}
    behavioral.unlink()
    system_design.write_text("edited since")
    code, said = prep(*command)
    assert code == 1 and "it is there already" in said
    assert not behavioral.exists()
    system_design.unlink()
    system_design.symlink_to(place / "prep.db")
    assert "that is the database itself" in prep(*command, "--force")[1]
    assert not behavioral.exists()
    system_design.unlink()
    system_design.write_text("edited since")
    assert prep(*command, "--force") == (0, "")
    assert "A short link." in system_design.read_text()
    assert behavioral.exists()


def test_what_cannot_be_written_leaves_nothing(db_path, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("no folder")
    files = {tmp_path / "folder" / "first": b"1", tmp_path / "file" / "second": b"2"}
    with pytest.raises(InvalidValue, match="second: cannot be written"):
        output.write(files, db_path)
    assert list((tmp_path / "folder").iterdir()) == []


def test_what_comes_there_meanwhile_is_not_written_over(tmp_path):
    target = tmp_path / "mine"
    with pytest.raises(FileExistsError), output.replacing(target) as partial:
        partial.write_text("ours")
        target.write_text("theirs")
    assert target.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_appears_whole_where_there_are_no_links(tmp_path, monkeypatch):
    def refuse(*_arguments):
        raise PermissionError("no links here")

    monkeypatch.setattr(output.os, "link", refuse)
    with output.replacing(tmp_path / "mine") as partial:
        partial.write_text("ours")
        assert not (tmp_path / "mine").exists()
    assert (tmp_path / "mine").read_text() == "ours"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
