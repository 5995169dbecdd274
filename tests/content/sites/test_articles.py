"""The reconstructed articles: nothing lost, nothing added, and what they hold parses."""

import json
import re

import pytest
import sqlglot
import tree_sitter
import tree_sitter_java
import yaml
from markdown_it import MarkdownIt

from prep.content.sites import index, markdown_folder, reconstruction
from prep.content.sites.sources import SHIPPED_ARTICLES, SHIPPED_INDEX
from prep.markdown.plain_text import first_difference, flatten, published_text

ARTICLES = markdown_folder.load_folder(SHIPPED_ARTICLES)
ENTRIES = {entry.permalink: entry for entry in index.load(SHIPPED_INDEX)}
SQL_DIALECTS = ["postgres", "mysql", "tsql", "sqlite", "hive", ""]


def by_permalink(articles):
    return pytest.mark.parametrize("article", articles, ids=lambda a: a.permalink.split("/")[-2])


def published(article):
    """Return the index's text of an article, with what the flattening broke mended."""
    text = published_text(ENTRIES[article.permalink].content)
    for pair in article.mended:
        assert pair["published"] in text
        text = text.replace(pair["published"], pair["restored"])
    return text


def fences():
    commonmark = MarkdownIt("commonmark")
    for article in ARTICLES:
        for token in commonmark.parse(article.body):
            if token.type == "fence":
                name = f"{article.permalink.split('/')[-2]}:{token.map[0]}"
                yield pytest.param(token.info.strip(), token.content, id=name)


@by_permalink(ARTICLES)
def test_flattening_gives_the_published_text_back(article):
    difference = first_difference(published(article), flatten(article.body))
    assert difference is None, str(difference)


@by_permalink(ARTICLES)
def test_front_matter_agrees_with_the_index(article):
    entry = ENTRIES[article.permalink]
    assert article.title == entry.title
    assert article.section == entry.section
    assert article.published_on == entry.published_on


@by_permalink(ARTICLES)
def test_no_html_and_no_code_without_a_language(article):
    for token in MarkdownIt("commonmark").enable("table").parse(article.body):
        assert token.type not in ("html_block", "code_block")
        if token.type == "fence":
            assert token.info.strip()
        assert not any(child.type == "html_inline" for child in token.children or [])


@by_permalink(ARTICLES)
def test_every_table_row_has_the_headers_cells(article):
    tokens = MarkdownIt("commonmark").enable("table").parse(article.body)
    source = article.body.split("\n")
    for token in tokens:
        if token.type == "table_open":
            rows = [
                re.split(r"(?<!\\)\|", line.strip())[1:-1] for line in source[slice(*token.map)]
            ]
            assert len({len(row) for row in rows}) == 1, rows[0]


@pytest.mark.parametrize(("language", "code"), list(fences()))
def test_code_parses(language, code):
    checks = {"java": check_java, "json": json.loads, "yaml": check_yaml, "sql": check_sql}
    if language in checks:
        checks[language](code)


def check_java(code):
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_java.language()))
    as_file = code
    as_members = f"class X {{\n{code}\n}}"
    as_statements = f"class X {{ void f() {{\n{code}\n}} }}"
    assert any(
        not parser.parse(source.encode()).root_node.has_error
        for source in (as_file, as_members, as_statements)
    )


def check_yaml(code):
    assert list(yaml.safe_load_all(code))


def check_sql(code):
    problems = []
    for dialect in SQL_DIALECTS:
        try:
            sqlglot.parse(code, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
            return
        except sqlglot.errors.SqlglotError as problem:
            problems.append(str(problem))
    pytest.fail("\n".join(problems))


@pytest.mark.parametrize(
    "entry", index.articles(list(ENTRIES.values())), ids=lambda e: e.permalink.split("/")[-2]
)
def test_automatic_markdown_is_lossless_too(entry):
    restored = flatten(reconstruction.to_markdown(entry.content))
    difference = first_difference(published_text(entry.content), restored)
    assert difference is None, str(difference)
