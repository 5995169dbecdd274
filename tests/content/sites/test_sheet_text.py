"""What both sheets have in common, out of their flattened text."""

from dataclasses import replace
from datetime import date

import pytest

from prep.content.sites import behavioral_sheet, sheet_text, system_design_sheet
from prep.errors import IndexFormatError


def test_printed_totals_are_read(system_design, behavioral):
    stated = system_design.stated
    assert (stated.total, stated.published_percent, stated.category_total) == (120, 8.3, 120)
    assert stated.by_article_status == {"published": 10, "in progress": 0, "todo": 110}
    assert len(stated.category_counts) == 16
    stated = behavioral.stated
    assert (stated.total, stated.published_percent, stated.category_total) == (171, 4.1, 171)
    assert stated.by_article_status == {
        "published": 7,
        "drafted": 0,
        "in progress": 0,
        "todo": 164,
    }
    assert sum(stated.category_published) == 7


def test_last_updated_is_read(system_design, behavioral):
    assert system_design.last_updated == behavioral.last_updated == date(2026, 4, 28)


def test_a_sheet_without_rows_is_refused(entries):
    entry = replace(entries[0], permalink="/quest-sheet/", content="nothing here")
    with pytest.raises(IndexFormatError, match="/quest-sheet/ holds no question rows"):
        system_design_sheet.parse(entry)
    with pytest.raises(IndexFormatError, match="holds no question rows"):
        behavioral_sheet.parse(entry)


@pytest.mark.parametrize(
    ("url", "permalink"), [("/a/b", "/a/b/"), ("/a/b/", "/a/b/"), (None, None)]
)
def test_a_rows_url_is_the_permalink_of_its_article(url, permalink):
    assert sheet_text.permalink_of(url) == permalink


def test_every_url_of_both_sheets_is_a_permalink(system_design, behavioral):
    questions = [*system_design.questions, *behavioral.questions]
    permalinks = [question.permalink for question in questions if question.permalink]
    assert permalinks
    assert all(permalink.startswith("/") and permalink.endswith("/") for permalink in permalinks)
