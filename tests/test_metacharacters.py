"""What SQL, full-text search and `LIKE` give a meaning to is only text here; so are paths."""

import io
import os
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.cli import cli
from prep.content import articles, questions, search
from prep.errors import PrepError, UnknownArticle, UnknownQuestion, UnknownStory
from prep.exchange import imports, markdown_answers
from prep.practice import stories

SIGNS = [
    "%",
    "_",
    "'",
    '"',
    "*",
    "^",
    ":",
    "-",
    "\\",
    "(",
    ")",
    "{",
    "+",
    ";",
    "\0",
    "\ud800",
    "\u202e",
    "NEAR(",
    "AND",
    "OR",
    "NOT",
    "NEAR/2",
    "title:",
    "rowid",
    "*a",
    "a*",
    "''",
    '" OR 1=1 --',
    "') --",
    "%00",
    "x" * 100_000,
    "a " * 50_000,
]
PATHS = [
    "../../etc/passwd",
    "/../../etc/passwd",
    "..\\..\\x",
    "/etc/passwd",
    "%2e%2e%2f",
    "//x",
    "file:///etc/passwd",
    "\0",
    "~",
    ".",
]
typed = st.lists(st.sampled_from(SIGNS) | st.text(max_size=5), max_size=6).map(" ".join)
held = settings(max_examples=60)


@held
@given(typed)
def test_any_text_can_be_searched(db, text):
    assert len(search.search(db, text).hits) <= 12


@held
@given(typed)
def test_any_text_can_be_looked_for_on_sheets(db, text):
    assert len(questions.find(db, {}, text)) <= 291


@pytest.mark.parametrize("sign", ["%", "_", "%%", "L_01", "L-0%", "*"])
def test_a_wildcard_finds_only_itself(db, sign):
    found = questions.find(db, {}, sign)
    assert all(sign.lower() in str(question).lower() for question in found)


@held
@given(st.sampled_from(["sheet", "category", "phase", "status", "level", "id", "article"]), typed)
def test_any_value_can_be_filtered_by(db, name, value):
    assert questions.find(db, {name: [value]}) == []


@pytest.mark.parametrize("text", [*PATHS, "'", '"', "%", "_", "--", "'; DROP TABLE question"])
def test_an_unknown_name_is_only_unknown(db, text):
    with pytest.raises(UnknownQuestion):
        questions.get(db, text)
    with pytest.raises(UnknownArticle):
        articles.get(db, text)
    with pytest.raises(UnknownStory):
        stories.get(db, text)


def test_an_argument_that_is_no_text_is_refused(db_path, capsys, monkeypatch):
    monkeypatch.setenv("PREP_DB", str(db_path))
    for command in (
        ["set", "\udcff", "done"],
        ["search", "\udcff"],
        ["article", "\udcff"],
        ["config", "pace", "\udcff"],
        ["history", "\udcff"],
    ):
        with pytest.raises(SystemExit) as ended:
            cli.main(command)
        assert ended.value.code == 1
        said = capsys.readouterr().err
        assert said.startswith("error: ")
        assert said.count("\n") == 1


@pytest.mark.parametrize("path", [p for p in PATHS if p not in ("\0", ".")])
def test_a_path_that_is_no_file_is_refused_in_one_line(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PrepError) as refusal:
        imports.read(tmp_path / path.lstrip("/") if path != "/etc/passwd" else tmp_path / "none")
    assert "\n" not in str(refusal.value)


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "secret.md").write_text("---\ntitle: secret\n---\nsecret")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a.md").write_text("---\ntitle: a\n---\na")
    (inside / "b.md").symlink_to(inside / "a.md")
    imports.read(inside)  # a link within the folder is a file of it
    (inside / "c.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(PrepError, match="leads out of the folder"):
        imports.read(inside)
    (inside / "c.md").unlink()
    os.mkfifo(inside / "d.md")
    with pytest.raises(PrepError, match="no file that can be read"):
        imports.read(inside)


def test_names_in_the_archive_of_answers_stay_inside_it(db, tracker, tmp_path):
    tracker.edit({"L-01": {"personal_notes": "mine"}, "SD-001": {"personal_notes": "mine"}})
    with db.atomic():
        db.execute("UPDATE question SET title = '../../../etc/passwd' WHERE id = 'L-01'")
        db.execute("UPDATE question SET title = '/etc/\\..\\x' WHERE id = 'SD-001'")
    with zipfile.ZipFile(io.BytesIO(markdown_answers.zipped(db))) as archive:
        names = archive.namelist()
    assert len(names) == 2
    for name in names:
        assert ".." not in name
        assert not name.startswith("/")
        assert "\\" not in name
    markdown_answers.write(db, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} <= {
        "out",
        "prep.db",
        "prep.db-wal",
        "prep.db-shm",
    }


def test_an_answer_file_with_an_id_that_is_a_path_is_refused(db, clock, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("---\nprep_question: ../../x\n---\nbody")
    before = "\n".join(db.conn.iterdump())
    with pytest.raises(PrepError, match="no question"):
        imports.read(tmp_path / "notes").take_in(db, clock)
    assert "\n".join(db.conn.iterdump()) == before
