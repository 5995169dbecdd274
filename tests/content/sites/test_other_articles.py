"""Articles from elsewhere: a folder of Markdown, another site's index."""

import json

import pytest

from prep.content import articles, importer, search
from prep.content.sites import sources
from prep.errors import IndexFormatError

# An index as Hugo's Blowfish and Congo themes write it, with their oddities.
OTHER = [
    {"title": "", "permalink": "/", "section": "", "summary": "", "content": "Welcome home"},
    {"title": "Posts", "permalink": "/posts/", "section": "Posts", "summary": "", "content": "All"},
    {"title": "Tag", "permalink": "/tags/x/", "section": "Tags", "summary": "", "content": "x"},
    {
        "title": "Old",
        "permalink": "/posts/old/",
        "section": "Posts",
        "summary": "s",
        "content": "First # A paragraph.\n",
        "date": "10 July 1856",
        "type": "posts",
    },
    {
        "title": "",
        "permalink": "/posts/no-title/",
        "section": "Posts",
        "summary": "",
        "content": "Words of it.\n",
        "date": "0001/1/1",
        "externalUrl": None,
    },
    {
        "title": "Undated",
        "permalink": "/system-design/classic/url-shortener/",
        "section": "P",
        "summary": "",
        "content": "Not nSkillHub&rsquo;s.\n",
        "date": None,
    },
]


@pytest.fixture
def write_index(tmp_path):
    def write(entries, name="blog.json"):
        path = tmp_path / name
        path.write_text(json.dumps(entries))
        return path

    return write


def import_other(db, clock, path, site="blog"):
    found = sources.read_other_site(path, site)
    return importer.import_articles(db, found, path.name, clock, retires=True)


def test_another_sites_articles_stay_under_its_name(db, clock, write_index):
    before = articles.get(db, "/system-design/classic/url-shortener/").body
    report = import_other(db, clock, write_index(OTHER))
    assert (report.counts["articles"].added, report.counts["articles"].retired) == (3, 0)
    rows = {row.permalink: row for row in articles.list_articles(db) if row.site == "blog"}
    assert set(rows) == {
        "/blog:/posts/old/",
        "/blog:/posts/no-title/",
        "/blog:/system-design/classic/url-shortener/",
    }
    assert rows["/blog:/posts/old/"].published_on == "1856-07-10"
    assert rows["/blog:/posts/no-title/"].title == "no title"
    assert rows["/blog:/posts/no-title/"].published_on is None
    assert all(row.question_id is None for row in rows.values())
    assert articles.get(db, "/system-design/classic/url-shortener/").body == before
    assert search.search(db, "words of it").hits[0].id == "/blog:/posts/no-title/"


def test_each_source_retires_only_its_own(db, clock, write_index):
    import_other(db, clock, write_index(OTHER))
    assert importer.import_shipped(db, clock).counts["articles"].retired == 0
    report = import_other(db, clock, write_index(OTHER[:4]))
    assert (report.counts["articles"].retired, report.counts["articles"].unchanged) == (2, 1)
    assert len(articles.list_articles(db)) == 40


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        (
            [{"objectID": "1", "title": "x", "href": "/x/", "content": "y"}],
            "entry 1 lacks permalink, section, summary",
        ),
        ([{**OTHER[3], "permalink": "https://elsewhere.example/posts/x/"}], "start with a slash"),
        ([OTHER[0], OTHER[2]], "holds no article"),
        ([], "holds no article"),
    ],
)
def test_an_index_of_another_theme_is_refused_by_what_it_lacks(db, write_index, entries, sentence):
    with pytest.raises(IndexFormatError, match=sentence):
        sources.read_other_site(write_index(entries), "blog")


@pytest.mark.parametrize("site", ["nskillhub", "", "a/b", "a b", ".."])
def test_a_site_needs_a_name_of_its_own(write_index, site):
    with pytest.raises(IndexFormatError, match="cannot name another site"):
        sources.read_other_site(write_index(OTHER), site)


def test_a_folder_of_markdown_is_imported(db, clock, tmp_path):
    folder = tmp_path / "mine"
    (folder / "notes").mkdir(parents=True)
    (folder / "notes" / "raft.md").write_text("---\ntitle: Raft by hand\n---\n## Terms\n\nText.\n")
    (folder / "ours.md").write_text(
        "---\ntitle: URL Shortener (bit.ly)\npermalink: /system-design/classic/url-shortener/\n"
        "section: S\ndate: 2026-04-18\n---\n## 1. Hook\n\nRewritten.\n"
    )
    report = importer.import_articles(db, sources.read_folder(folder), "mine", clock, retires=False)
    assert (report.counts["articles"].added, report.counts["articles"].changed) == (1, 1)
    assert articles.get(db, "/notes/raft/").section == "notes"
    assert "Rewritten." in articles.get(db, "/system-design/classic/url-shortener").body
    assert len(articles.list_articles(db)) == 40
