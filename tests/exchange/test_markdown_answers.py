"""Answers out to Markdown files and back."""

import io
import zipfile
from pathlib import PurePosixPath

import frontmatter
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.content.sites import markdown_folder, sources
from prep.content.sites.markdown_folder import load_folder
from prep.errors import ArticleFormatError
from prep.exchange import answer_import, markdown_answers
from prep.markdown import front_matter
from prep.practice import answers
from prep.progress.tracker import Tracker
from prep.store import change_log
from prep.store.database import rolled_back
from tests.exchange.changed_fields import changed_fields
from tests.exchange.test_encodings import EVERY


def bring(db, clock, folder, resolve=None):
    return answer_import.take_in(db, clock, markdown_answers.read(folder), "answers", resolve)


def test_files_are_ready_for_hugo(written):
    names = sorted(path.relative_to(written).as_posix() for path in written.rglob("*.md"))
    assert names[2] == "system-design/sd-001-url-shortener-bit-ly.md"
    meta = frontmatter.load(written / names[2])
    assert (meta["title"], meta["draft"], meta["prep_question"]) == (
        "URL Shortener (bit.ly)",
        True,
        "SD-001",
    )
    assert meta["tags"] == ["system-design"]
    assert meta.content.startswith("## Hook")


def test_what_was_written_reads_back_into_an_empty_tracker(db, clock, written, other):
    bring(other, clock, written)
    for question_id in ("SD-001", "L-01", "L-02"):
        assert answers.get(other, question_id) == answers.get(db, question_id)
    assert Tracker(other, clock).state("L-01").personal_notes == (
        "the Lisbon story: ünïcode\nsecond line"
    )
    assert changed_fields(bring(other, clock, written)) == {}


def test_the_zip_holds_the_same_files(db, written):
    with zipfile.ZipFile(io.BytesIO(markdown_answers.zipped(db))) as archive:
        for name in archive.namelist():
            assert archive.read(name).decode() == (written / name).read_text()
        assert len(archive.namelist()) == 3


def test_answers_are_no_articles(written):
    (written / "raft.md").write_text("---\ntitle: Raft\n---\nText about prep_question: no.\n")
    assert [article.title for article in load_folder(written)] == ["Raft"]
    assert len(sources.read_folder(written)) == 1
    assert len(markdown_answers.read(written)) == 3


def test_two_files_for_one_question_are_refused(written):
    (written / "again.md").write_text("---\nprep_question: L-01\n---\nx")
    with pytest.raises(ArticleFormatError, match="two files answer L-01"):
        markdown_answers.read(written)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=80)
ODD = "".join(
    map(chr, [*range(1, 13), *range(14, 0x3100), 0xFEFF, 0xFFFE, 0xFFFF, 0x1F600, 0xE000])
)


@settings(max_examples=200)
@given(texts, texts)
def test_every_character_comes_back(tmp_path_factory, db, clock, body, notes):
    assert_comes_back(db, clock, tmp_path_factory.mktemp("out"), body, notes)


@pytest.mark.parametrize("odd", ODD[::512] + ODD[1::512])
def test_no_character_is_odd_enough_to_be_lost(db, clock, tmp_path, odd):
    begin = ODD.index(odd)
    text = "".join(
        f"a{character}b {character}\n{character}" for character in ODD[begin : begin + 256]
    )
    assert_comes_back(db, clock, tmp_path / "out", text, text)


def assert_comes_back(db, clock, folder, body, notes):
    with rolled_back(db):
        Tracker(db, clock).edit({"L-01": {"personal_notes": notes}})
        answers.save(db, clock, "L-01", body)
        kept = answers.get(db, "L-01")  # with the line ends that every answer has
        markdown_answers.write(db, folder)
    with rolled_back(db):
        bring(db, clock, folder)
        assert answers.get(db, "L-01") == kept
        assert Tracker(db, clock).state("L-01").personal_notes == notes


@pytest.mark.parametrize("letter", ["a", "漢", "😀", "\x01", "\x85", "\n", "- "])
def test_the_longest_answer_and_notes_come_back(db, clock, tmp_path, letter):
    body, notes = (letter * 100_000)[:100_000], (letter * 10_000)[:10_000]
    assert_comes_back(db, clock, tmp_path / "out", body, notes)


def test_291_answers_of_10_kb_come_back(db, clock, other, tmp_path):
    ids = [question_id for (question_id,) in db.execute("SELECT id FROM question")]
    bodies = {question_id: {"body": f"{question_id} {'漢' * 3_400}"} for question_id in ids}
    change_log.write(db, clock, "answer", bodies)
    assert markdown_answers.warning(db) == ""
    assert markdown_answers.write(db, tmp_path / "out") == 291
    bring(other, clock, tmp_path / "out")
    query = "SELECT question_id, body FROM answer ORDER BY question_id"
    assert other.execute(query).fetchall() == db.execute(query).fetchall()
    load_folder(tmp_path / "out")  # they do not count as articles


@pytest.mark.parametrize("limit", ["MAX_ANSWERS_BYTES", "MAX_FILES"])
def test_what_is_too_much_to_come_back_is_said_at_the_export(db, written, monkeypatch, limit):
    assert markdown_answers.warning(db) == ""
    monkeypatch.setattr(markdown_folder, limit, 2)
    assert "too much to be imported at once" in markdown_answers.warning(db)
    with pytest.raises(ArticleFormatError, match="import its folders one by one"):
        markdown_answers.read(written)


@pytest.mark.parametrize("encode", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text if text.endswith("\n") else text + "\n",
        lambda text: text.replace("---\n", "--- \n", 2),
        lambda text: again(text, dict),
        lambda text: again(text, lambda meta: dict(sorted(meta.items()))),
        lambda text: again(text, lambda meta: dict(reversed(meta.items()))),
    ],
    ids=["CRLF", "last line", "space at the fence", "written anew", "sorted", "upside down"],
)
def test_what_editors_do_to_a_file_is_no_edit(db, clock, tracker, tmp_path, encode, rewrite):
    tracker.edit({"L-01": {"personal_notes": "“é” - “è”\n\nb: c" + "x" * 9_000}})
    answers.save(db, clock, "L-01", "no end of line")
    answers.save(db, clock, "L-02", "two\n\n")
    markdown_answers.write(db, tmp_path / "out")
    paths = list((tmp_path / "out").rglob("*.md"))
    for path in paths:
        text = rewrite(path.read_text(encoding="utf-8")).replace("→", "-")
        path.write_bytes(encode(text))
        assert markdown_folder.is_answer(path)
    tracker.edit({"L-01": {"personal_notes": "newer"}})
    answers.save(db, clock, "L-02", "newer")
    taken = bring(db, clock, tmp_path / "out")
    assert (changed_fields(taken), taken.conflicts, len(paths)) == ({}, [], 2)


def again(text, order):
    """Return Markdown with its front matter as another program writes it."""
    meta, body = front_matter.split(text)
    return front_matter.dump(order(meta)) + body


def edited(folder, question_id, old, new):
    path = next(folder.rglob(f"{question_id.lower()}-*.md"))
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def test_characters_that_an_encoding_lost_are_not_taken(db, clock, tmp_path):
    answers.save(db, clock, "L-01", "漢字 for “é”")
    answers.save(db, clock, "L-02", "漢字")
    markdown_answers.write(db, tmp_path)
    for path in tmp_path.rglob("*.md"):
        path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252", "replace"))
    taken = bring(db, clock, tmp_path)
    assert changed_fields(taken) == {}
    assert len(taken.warnings) == 2
    assert "save the file as UTF-8" in taken.warnings[0]


def test_names_of_files_stay_apart_from_those_of_articles(written):
    (written / "b.md").write_text("\ufeff---\ntitle: an article\n---\nprep_question: L-01\n")
    assert [article.title for article in load_folder(written)] == ["an article"]
    assert PurePosixPath("system-design/sd-001-url-shortener-bit-ly.md").name in {
        path.name for path in markdown_folder.answers(written)
    }
