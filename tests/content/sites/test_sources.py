"""What an index and its folder of articles give together, and whose they are."""

import json

import pytest

from prep.content.sites import index, sources
from prep.errors import ArticleFormatError, IndexFormatError

URL_SHORTENER = "/system-design/classic/url-shortener/"


@pytest.fixture
def folder(tmp_path):
    """A folder of articles: one that the index has as well, and one that it has not."""
    made = tmp_path / "articles"
    made.mkdir()
    for name, permalink in (("shortener", URL_SHORTENER), ("extra", "/posts/java/extra/")):
        (made / f"{name}.md").write_text(
            f"---\ntitle: {name}\npermalink: {permalink}\n---\nBy hand.\n"
        )
    return made


@pytest.fixture
def shipped():
    return json.loads(sources.SHIPPED_INDEX.read_text())


@pytest.fixture
def path(tmp_path, shipped):
    """The shipped index under another name."""
    made = tmp_path / "later.json"
    made.write_text(json.dumps(shipped))
    return made


def test_an_article_by_hand_wins_over_the_text_of_the_index(path, folder, entries):
    content = sources.read_content(path, folder)
    bodies = {article.permalink: article.body for article in content.articles}
    assert bodies[URL_SHORTENER] == bodies["/posts/java/extra/"] == "By hand.\n"
    in_index = [entry.permalink for entry in index.articles(entries)]
    assert list(bodies) == [*in_index, "/posts/java/extra/"], "in the order of the index"
    assert all(body.strip() for body in bodies.values())


def test_the_fingerprint_is_of_the_index_and_of_each_article(path, folder):
    seen = [sources.read_content(path, folder).fingerprint]
    assert seen[0] == sources.fingerprint(path, folder)
    (folder / "extra.md").write_text("---\ntitle: extra\n---\nOther words.\n")
    seen.append(sources.fingerprint(path, folder))
    path.write_text(path.read_text() + "\n")
    seen.append(sources.fingerprint(path, folder))
    assert len(set(seen)) == 3
    (folder / "answer.md").write_text("---\nprep_question: L-01\n---\nMine.\n")
    assert sources.fingerprint(path, folder) == seen[-1], "an answer is no article"


@pytest.mark.parametrize("taken", ["SD-001", "X-001"])
def test_an_id_that_means_another_question_is_no_id_of_the_behavioral_sheet(path, shipped, taken):
    [sheet] = [page for page in shipped if page["permalink"] == index.BEHAVIORAL_SHEET]
    sheet["content"] = sheet["content"].replace("L-01", taken)
    path.write_text(json.dumps(shipped))
    with pytest.raises(IndexFormatError, match=rf"later\.json: {taken} cannot be an id of the beh"):
        sources.read_content(path)


def test_an_index_without_a_sheet_is_refused_by_the_name_of_its_file(path, shipped):
    path.write_text(
        json.dumps([page for page in shipped if page["permalink"] != index.SYSTEM_DESIGN_SHEET])
    )
    with pytest.raises(IndexFormatError, match=r"later\.json: the index holds no sheet at /quest"):
        sources.read_content(path)


def test_without_its_index_or_its_folder_there_is_no_content(path, folder):
    with pytest.raises(IndexFormatError, match=r"none\.json: there is no such file"):
        sources.read_content(path.with_name("none.json"), folder)
    for read in (sources.read_content, sources.fingerprint):
        with pytest.raises(ArticleFormatError, match="nowhere: there is no such folder"):
            read(path, folder / "nowhere")


def test_of_ones_own_folder_only_what_lies_in_the_sites_folders_is_the_sites(folder):
    (folder / "notes.md").write_text("---\ntitle: notes\n---\nMine.\n")
    assert {found.permalink: found.site for found in sources.read_folder(folder)} == {
        URL_SHORTENER: index.SITE,
        "/posts/java/extra/": index.SITE,
        "/notes/": sources.OWN,
    }


def test_the_sites_own_index_read_as_another_sites_stays_apart(path):
    found = sources.read_other_site(path, "blog")
    assert {article.site for article in found} == {"blog"}
    here = {article.permalink for article in sources.read_content(path).articles}
    assert not here & {article.permalink for article in found}
