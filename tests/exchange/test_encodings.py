"""Texts in the encodings that editors, spreadsheets and Windows programs write."""

import codecs
import json
import shutil

import pytest

from prep.content.sites import index, markdown_folder, sources
from prep.errors import ArticleFormatError, ExportFormatError, IndexFormatError
from prep.exchange import answer_import, imports, json_export, markdown_answers, story_files
from prep.markdown.files import decoded, read_text
from prep.practice import answers
from prep.progress.tracker import Tracker
from prep.store.database import open_database

EVERY = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 of big end": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "Windows-1252": lambda text: text.encode("cp1252"),
}
WORDS = "Zoë’s “café” – 5 € … naïve"


@pytest.fixture(params=EVERY)
def encode(request):
    return EVERY[request.param]


def test_a_text_is_read_in_each_encoding(encode, tmp_path):
    (tmp_path / "a.txt").write_bytes(encode(WORDS))
    assert read_text(tmp_path / "a.txt", 1000, ExportFormatError) == WORDS


def test_an_index_is_read_in_each_encoding(encode, entries, tmp_path):
    text = json.dumps(
        [{"title": WORDS, "permalink": "/a/", "section": "", "summary": "", "content": WORDS}],
        ensure_ascii=False,
    )
    (tmp_path / "index.json").write_bytes(encode(text))
    assert not imports.is_export((tmp_path / "index.json").read_bytes())
    assert [entry.content for entry in index.load(tmp_path / "index.json")] == [WORDS]


def test_the_whole_index_is_taken_in_as_utf_16(db, clock, tmp_path):
    (tmp_path / "index.json").write_bytes(sources.SHIPPED_INDEX.read_text().encode("utf-16"))
    outcome = imports.read(tmp_path / "index.json").take_in(db, clock)
    assert not outcome.changes_anything


def test_an_export_is_read_in_each_encoding(encode, db, tracker, clock, filled_file, tmp_path):
    tracker.edit({"L-01": {"personal_notes": WORDS}})
    text = json_export.export(db).decode()
    (tmp_path / "mine.json").write_bytes(encode(text))
    shutil.copy(filled_file, tmp_path / "other.db")
    with open_database(tmp_path / "other.db") as other:
        imports.read(tmp_path / "mine.json").take_in(other, clock)
        assert Tracker(other, clock).state("L-01").personal_notes == WORDS


def test_markdown_is_read_in_each_encoding(encode, db, clock, tmp_path):
    article = f"---\ntitle: {WORDS}\n---\n{WORDS}\n"
    answer = f"---\ntitle: mine\nprep_question: L-01\nprep_notes: {WORDS}\n---\n{WORDS}\n"
    (tmp_path / "article.md").write_bytes(encode(article))
    (tmp_path / "answer.md").write_bytes(encode(answer))
    assert [found.title for found in markdown_folder.load_folder(tmp_path)] == [WORDS]
    answer_import.take_in(db, clock, markdown_answers.read(tmp_path), "answers")
    assert answers.get(db, "L-01") == f"{WORDS}\n"
    assert Tracker(db, clock).state("L-01").personal_notes == WORDS


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("“a” and ünlaut".encode()[:-8] + b"\xff" + "“more”".encode(), "damaged UTF-8"),
        ("ü".encode()[:1], "damaged UTF-8"),
        (codecs.BOM_UTF8 + "“a”".encode() + b"\xff", "damaged UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\0\x00\xd8", "damaged UTF-16"),
        (b"caf\xe9 \x81\x8d", "no text in UTF-8, UTF-16 or Windows-1252"),
    ],
)
def test_what_is_no_text_is_not_guessed_at(data, why):
    with pytest.raises(ExportFormatError, match=why):
        decoded(data, "a.txt", ExportFormatError)


def test_a_file_in_utf_16_may_be_twice_as_large_and_no_more(tmp_path):
    (tmp_path / "a.md").write_bytes(("x" * 100).encode("utf-16-le"))
    assert len(read_text(tmp_path / "a.md", 100, ArticleFormatError)) == 100
    (tmp_path / "a.md").write_bytes(("x" * 101).encode("utf-16-le"))
    with pytest.raises(IndexFormatError, match="larger than 200 bytes"):
        read_text(tmp_path / "a.md", 100, IndexFormatError)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_each_way(db, clock, tmp_path, end):
    answer = "---\ntitle: mine\nprep_question: L-01\nprep_notes: words\n---\nOne\nTwo\n"
    (tmp_path / "a.md").write_bytes(answer.replace("\n", end).encode())
    found = markdown_answers.read(tmp_path)
    answer_import.take_in(db, clock, found, "answers")
    assert answers.get(db, "L-01").splitlines() == ["One", "Two"]
    story = "---\ntitle: One\n---\n## Situation\n\nLong ago.\n"
    (tmp_path / "story").write_bytes(story.replace("\n", end).encode())
    assert story_files.read(tmp_path / "story")["situation"] == "Long ago."


def test_markdown_is_found_under_each_of_its_endings_and_what_is_hidden_is_not(tmp_path):
    for name in ("a.md", "B.MD", "c.markdown", ".hidden.md", ".git/d.md", "e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("---\ntitle: A\n---\nText\n")
    found = {path.name for path in markdown_folder.markdown_files(tmp_path)}
    assert found == {"a.md", "B.MD", "c.markdown"}


def test_a_single_file_of_markdown_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\nText\n")
    with pytest.raises(ArticleFormatError, match="name the one it is in"):
        imports.read(tmp_path / "a.md")
