"""Both sheets out of the flattened text, held to the totals that they print."""

from prep.content.models import mismatches
from prep.content.sites import index, system_design_sheet
from tests.content.sites.sheets import changed


def test_rows_agree_with_what_both_sheets_print(system_design, behavioral):
    assert mismatches(system_design) == []
    assert mismatches(behavioral) == []


def test_published_rows_lead_to_articles(entries, system_design, behavioral):
    articles = {entry.permalink for entry in index.articles(entries)}
    for sheet, count in ((system_design, 10), (behavioral, 7)):
        published = [q for q in sheet.questions if q.article_status == "published"]
        assert len(published) == count
        assert {q.permalink for q in published} <= articles
        assert all(q.permalink is None for q in sheet.questions if q.article_status != "published")


def test_a_mismatch_names_both_numbers(entries):
    entry = changed(entries, "/quest-sheet/", "Total topics: 120", "Total topics: 121")
    sheet = system_design_sheet.parse(entry)
    assert mismatches(sheet) == ["system-design: total: the sheet prints 121, has 120"]


def test_a_dropped_row_is_a_mismatch_in_every_total_it_counts_in(entries):
    row = "12 Web Crawler Classic todo Politeness, dedup, frontier scheduling "
    sheet = system_design_sheet.parse(changed(entries, "/quest-sheet/", row, ""))
    assert len(sheet.questions) == 119
    assert mismatches(sheet) == [
        "system-design: total: the sheet prints 120, has 119",
        "system-design: article status todo: the sheet prints 110, has 109",
        "system-design: published share in percent: the sheet prints 8.3, has 8.4",
        "system-design: total of the category table: the sheet prints 120, has 119",
        "system-design: category Classic “Design X” Questions: the sheet prints 20, has 19",
    ]
