"""Answers out to Markdown files and back."""

import io
import zipfile

import frontmatter
import pytest

from prep import answer_files, answers, history, sources
from prep.errors import ArticleFormatError, PrepError, UnknownQuestion
from prep.library import load_folder

HOSTILE = (
    "---\ntitle: not front matter\n---\n# <script>alert(1)</script>\n\nline: 'quoted' \"twice\"\n"
)


@pytest.fixture
def written(db, tracker, clock, tmp_path):
    answers.save(db, clock, "SD-001", "## Hook\n\nA short link.\n")
    answers.save(db, clock, "L-01", HOSTILE)
    tracker.edit({"L-01": {"personal_notes": "the Lisbon story: ünïcode\nsecond line"}})
    tracker.edit({"L-02": {"personal_notes": "only a note"}})
    folder = tmp_path / "out"
    assert answer_files.write(db, folder) == 3
    return folder


def test_files_are_ready_for_hugo(written):
    names = sorted(path.relative_to(written).as_posix() for path in written.rglob("*.md"))
    assert names[2] == "system-design/sd-001-url-shortener-bit-ly.md"
    meta = frontmatter.load(written / names[2])
    assert (meta["title"], meta["draft"], meta["prep_question"]) == (
        "URL Shortener (bit.ly)", True, "SD-001",
    )  # fmt: skip
    assert meta["tags"] == ["system-design"]
    assert meta.content.startswith("## Hook")


def test_what_was_written_reads_back_into_an_empty_tracker(db, tracker, clock, written):
    kept = {question_id: answers.get(db, question_id) for question_id in ("SD-001", "L-01")}
    while history.undo(db, clock):
        pass
    assert answers.get(db, "L-01") == ""
    taken = answer_files.take_in(db, clock, answer_files.read(written))
    assert (taken.answers, taken.notes, taken.unchanged) == (2, 2, 0)
    assert {question_id: answers.get(db, question_id) for question_id in kept} == kept
    assert tracker.state("L-01")["personal_notes"] == "the Lisbon story: ünïcode\nsecond line"
    again = answer_files.take_in(db, clock, answer_files.read(written))
    assert (again.answers, again.notes, again.unchanged) == (0, 0, 3)


def test_taking_in_is_one_change(db, tracker, clock, written):
    for path in written.rglob("*.md"):
        path.write_text(path.read_text() + "More.\n")
    answer_files.take_in(db, clock, answer_files.read(written))
    history.undo(db, clock)
    assert answers.get(db, "SD-001") == "## Hook\n\nA short link.\n"
    assert answers.get(db, "L-02") == ""


def test_an_answer_that_is_taken_in_is_drafted_as_a_saved_one_is(db, tracker, clock, written):
    tracker.set_status(["SD-001", "L-02"], "todo")
    tracker.set_status("L-01", "done")
    answer_files.take_in(db, clock, answer_files.read(written))
    assert tracker.state("SD-001")["status"] == "todo", "nothing was taken in: it is as it was"
    for name in ("SD-001", "L-01"):
        path = next(written.rglob(f"{name.lower()}-*.md"))
        path.write_text(path.read_text() + "More.\n")
    answer_files.take_in(db, clock, answer_files.read(written))
    statuses = [tracker.state(name)["status"] for name in ("SD-001", "L-01", "L-02")]
    assert statuses == ["drafted", "done", "todo"]
    history.undo(db, clock)
    assert tracker.state("SD-001")["status"] == "todo"


def test_the_zip_holds_the_same_files(db, written):
    with zipfile.ZipFile(io.BytesIO(answer_files.zipped(db))) as archive:
        for name in archive.namelist():
            assert archive.read(name).decode() == (written / name).read_text()
        assert len(archive.namelist()) == 3


def test_answers_are_no_articles(written):
    (written / "raft.md").write_text("---\ntitle: Raft\n---\nText about prep_question: no.\n")
    assert [article.title for article in load_folder(written)] == ["Raft"]
    assert len(sources.read_folder(written)) == 1
    assert len(answer_files.read(written)) == 3


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("---\nprep_question: L-99\n---\nx", UnknownQuestion),
        ("---\nprep_question: [1, 2\n---\nx", ArticleFormatError),
        ("---\nprep_question: L-01\n---\n" + "x" * 100_001, PrepError),
        ("---\nprep_question: L-01\nprep_notes: " + "x" * 10_001 + "\n---\n", PrepError),
    ],
)
def test_a_file_that_cannot_be_taken_in_changes_nothing(db, clock, tmp_path, text, error):
    (tmp_path / "a.md").write_text("---\nprep_question: L-02\n---\nfine")
    (tmp_path / "b.md").write_text(text)
    before = history.data_version(db)
    with pytest.raises(error):
        answer_files.take_in(db, clock, answer_files.read(tmp_path))
    assert history.data_version(db) == before


def test_two_files_for_one_question_are_refused(written):
    (written / "again.md").write_text("---\nprep_question: L-01\n---\nx")
    with pytest.raises(ArticleFormatError, match="two files answer L-01"):
        answer_files.read(written)
