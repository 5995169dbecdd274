"""A folder of Markdown: which of its files are articles, what they say, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from prep.content.sites import markdown_folder
from prep.errors import ArticleFormatError

ANSWER = "---\ntitle: mine\nprep_question: L-01\n---\nMy answer.\n"


@pytest.fixture
def folder(tmp_path):
    """Write files into a folder, articles where nothing else is said; return the folder."""

    def write(*names, **texts):
        (tmp_path / "mine").mkdir()
        for name in names:
            path = tmp_path / "mine" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(texts.get(path.stem, f"---\ntitle: {path.stem}\n---\nText.\n"))
        return tmp_path / "mine"

    return write


def read(head, body=""):
    return markdown_folder.loads(f"---\ntitle: A\n{head}\n---\n{body}", place=Path("notes/raft"))


def test_where_front_matter_does_not_say_a_place_it_is_that_of_the_file(folder):
    found = markdown_folder.load_folder(folder("top.md", "b/c/deep.md"))
    assert [(article.permalink, article.section) for article in found] == [
        ("/b/c/deep/", "c"),
        ("/top/", "Articles"),
    ]
    said = read("permalink: /x/\nsection: Mine")
    assert (said.permalink, said.section) == ("/x/", "Mine")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-04-18", date(2026, 4, 18)),
        ("'2026-04-18'", date(2026, 4, 18)),
        ("2026-04-18T23:30:00", date(2026, 4, 18)),
        ("18 April 2026", date(2026, 4, 18)),
        ("", None),
    ],
)
def test_a_day_is_read_however_sites_write_it(said, day):
    assert read(f"date: {said}").published_on == day


def test_what_stands_around_the_text_is_no_part_of_it():
    article = read("summary: ' '", "\n\n  # Head\n\n\n")
    assert (article.summary, article.body) == (None, "# Head\n")


def test_folders_other_files_and_answers_are_no_articles(folder):
    made = folder("a.md", "b.txt", "answer.md", "folder.md/c.md", answer=ANSWER)
    titles = [article.title for article in markdown_folder.load_folder(made)]
    assert titles == ["a", "c"]
    assert markdown_folder.answers(made) == [made / "answer.md"]


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        (ANSWER, True),
        ("---\r\n'prep_question' : L-01\r\n---\r\n", True),
        ("\ufeff---\nprep_question: L-01\n---\n", True),
        ("---\ntitle: a\n---\nprep_question: L-01\n", False),
        ("prep_question: L-01\n", False),
        ("---\nmy_prep_question: L-01\n---\n", False),
    ],
)
def test_an_answer_is_told_by_its_front_matter_alone(tmp_path, text, is_answer):
    (tmp_path / "a.md").write_bytes(text.encode())
    assert markdown_folder.is_answer(tmp_path / "a.md") == is_answer


def test_two_files_may_not_have_one_permalink(folder):
    made = folder("a.md", "b.md", b="---\ntitle: b\npermalink: /a/\n---\n")
    with pytest.raises(ArticleFormatError, match="two files have the permalink /a/"):
        markdown_folder.load_folder(made)


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("../outside.md", r"link\.md: a link that leads out of the folder"),
        ("link.md", "cannot be read"),
        ("nowhere.md", "cannot be read"),
        ("/dev/null", "a link that leads out of the folder"),
    ],
)
def test_a_link_that_leads_to_no_file_of_the_folder_is_refused(folder, target, why):
    made = folder("a.md")
    (made.parent / "outside.md").write_text("---\ntitle: secret\n---\n")
    (made / "link.md").symlink_to(target)
    with pytest.raises(ArticleFormatError, match=why):
        markdown_folder.markdown_files(made)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ArticleFormatError, match="mine: there is no such folder"):
        markdown_folder.load_folder(tmp_path / "mine")


def test_a_folder_of_too_many_files_is_refused_before_any_is_read(folder, monkeypatch):
    monkeypatch.setattr(markdown_folder, "MAX_FILES", 2)
    made = folder("a.md", "b.md", bad="no front matter")
    assert len(markdown_folder.load_folder(made)) == 2
    (made / "bad.md").write_text("no front matter")
    with pytest.raises(ArticleFormatError, match=r"more than 2 files .* its folders one by one"):
        markdown_folder.load_folder(made)


def test_articles_may_not_use_the_room_that_is_for_answers(folder, monkeypatch):
    made = folder("a.md", "answer.md", answer=ANSWER + "x" * 100)
    monkeypatch.setattr(markdown_folder, "MAX_FOLDER_BYTES", 100)
    assert len(markdown_folder.files(made)) == len(markdown_folder.answers(made)) == 1
    (made / "a.md").write_text("---\ntitle: a\n---\n" + "x" * 100)
    with pytest.raises(ArticleFormatError, match="or 100 bytes of Markdown"):
        markdown_folder.files(made)


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("", 0),
        ("## Head\n\n- one\n- two\n", 3),
        ("a\n\n```mermaid\ngraph TD\n```\n\nb\n", 2),
        ("a\n\n```java\nint x;\n```\n", 3),
        ("a\n\n```mermaid\nnever closed", 3),
    ],
)
def test_words_are_counted_as_they_are_read(markdown, words):
    assert markdown_folder.count_words(markdown) == words


def test_reading_takes_a_minute_at_least_and_then_what_it_takes():
    assert read("", "").minutes == 1
    assert read("", "word " * 238 * 7).minutes == 7


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("no front matter", "front matter lacks title"),
        ("---\ntitle: [\n---\n", "front matter is not YAML"),
        ("---\ntitle: x\npermalink: no slashes\n---\n", "permalink must look like"),
        ("---\ntitle: x\npermalink: /a?b/\n---\n", "permalink must look like"),
        ("---\ntitle: x\nsection: ''\n---\n", "lacks section"),
        ("---\ntitle: x\nsummary: [a]\n---\n", "summary is no text"),
        (f"---\ntitle: {'x' * 501}\n---\n", "title is longer than 500 characters"),
        ("---\ntitle: x\ndate: soon\n---\n", "'soon' is not YYYY-MM-DD"),
        ("---\ntitle: x\ndate: 2026\n---\n", "date .2026. is not YYYY-MM-DD"),
        ("---\ntitle: x\nmended: yes\n---\n", "mended is a list"),
        ("---\ntitle: x\nmended:\n- published: a\n---\n", "mended is a list"),
        ("---\ntitle: !!python/object/apply:os.system ['true']\n---\n", "not YAML"),
        ("---\ntitle: x\n---\na\0b", "NUL"),
    ],
)
def test_a_file_that_is_no_article_is_refused_by_name(tmp_path, text, sentence):
    (tmp_path / "bad.md").write_text(text)
    with pytest.raises(ArticleFormatError, match=sentence) as error:
        markdown_folder.load_folder(tmp_path)
    assert "bad.md" in str(error.value)


def test_an_article_that_is_too_large_is_refused(tmp_path):
    (tmp_path / "big.md").write_text(
        "---\ntitle: x\n---\n" + "x" * markdown_folder.MAX_ARTICLE_BYTES
    )
    with pytest.raises(ArticleFormatError, match="larger than 300,000 bytes"):
        markdown_folder.load_folder(tmp_path)


def test_a_folder_of_endless_headings_is_refused(tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.md").write_text(f"---\ntitle: T{n}\n---\n" + "# a\n\n" * 4000)
    with pytest.raises(ArticleFormatError, match="more than 10,000 headings"):
        markdown_folder.load_folder(tmp_path)


@pytest.mark.parametrize("name", ["My Notes", "c#", "a?b", "a  b"])
def test_a_file_may_have_any_name(tmp_path, name):
    (tmp_path / f"{name}.md").write_text("---\ntitle: 1984\n---\nText\n")
    [article] = markdown_folder.load_folder(tmp_path)
    assert article.title == "1984"
    assert not set(article.permalink) & set(" ?#")
