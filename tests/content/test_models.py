"""Both sheets out of the flattened text, held to the totals that they print."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from prep.content.models import mismatches
from prep.content.sites import index, sheet_parser
from prep.errors import IndexFormatError

SYSTEM_DESIGN_SECTIONS = {
    "Classic “Design X” Questions": 20,
    "Fintech": 11,
    "E-Commerce & Marketplace": 9,
    "Booking & Reservation": 5,
    "Real-Time & Streaming": 6,
    "Infrastructure & Developer Tools": 8,
    "Content & Media": 6,
    "AI / ML Systems": 7,
    "Data & Storage Systems": 8,
    "Reliability & Operations": 8,
    "Security & Compliance": 7,
    "Architecture Patterns": 5,
    "Java Deep Dives": 8,
    "Geospatial & Location": 3,
    "High Performance": 4,
    "Bonus: Platform & FinOps": 5,
}
BEHAVIORAL_COUNTS = [15, 12, 12, 10, 10, 12, 10, 8, 10, 10, 8, 12, 8, 8, 14, 12]


def by_id(sheet, question_id):
    return next(question for question in sheet.questions if question.id == question_id)


def counts_by_category(sheet):
    counts = Counter(question.category_position for question in sheet.questions)
    return {category.title: counts[category.position] for category in sheet.categories}


def test_rows_agree_with_what_both_sheets_print(system_design, behavioral):
    assert mismatches(system_design) == []
    assert mismatches(behavioral) == []


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


def test_system_design_sections_have_their_full_names_and_counts(system_design):
    assert counts_by_category(system_design) == SYSTEM_DESIGN_SECTIONS


def test_behavioral_categories_have_their_counts_and_signals(behavioral):
    assert list(counts_by_category(behavioral).values()) == BEHAVIORAL_COUNTS
    assert all(category.signal for category in behavioral.categories)
    assert behavioral.categories[3].signal == (
        "self-awareness, accountability, growth mindset. Do you blame others or own it?"
    )


def test_levels_and_difficulties_add_up(behavioral):
    assert Counter(q.level for q in behavioral.questions) == {"EM": 34, "DIR": 30, "EM+DIR": 107}
    difficulties = Counter(q.difficulty for q in behavioral.questions)
    assert difficulties == {"High": 102, "Medium": 67, "Low": 2}


@pytest.mark.parametrize(
    ("number", "label"),
    [(1, "Classic"), (55, "Infra & DevTools"), (95, "Compliance"), (101, "Java Deep Dive")]
    + [(number, "Architecture") for number in (116, 117, 118, 119)]
    + [(120, "Scalability")],
)
def test_labels_are_the_rows_own(system_design, number, label):
    assert by_id(system_design, f"SD-{number:03d}").label == label


def test_every_system_design_row_has_topic_label_and_notes(system_design):
    assert [q.number for q in system_design.questions] == list(range(1, 121))
    for question in system_design.questions:
        assert question.title and question.label and question.notes
    assert by_id(system_design, "SD-099").title == "Multi-Tenant SaaS Platform Architecture"
    row = by_id(system_design, "SD-095")
    assert row.title == "Healthcare — Patient Record System (EHR)"
    assert row.notes == "HIPAA, consent management"


def test_a_number_inside_a_note_starts_no_row(system_design):
    assert by_id(system_design, "SD-101").notes == "Java 21, I/O bound, thread-per-request"
    assert by_id(system_design, "SD-104").title == "Structured Concurrency (Java 21)"


def test_published_rows_lead_to_articles(entries, system_design, behavioral):
    articles = {entry.permalink for entry in index.articles(entries)}
    for sheet, count in ((system_design, 10), (behavioral, 7)):
        published = [q for q in sheet.questions if q.article_status == "published"]
        assert len(published) == count
        assert {f"{q.article_url}/" for q in published} <= articles
        assert all(
            q.article_url is None for q in sheet.questions if q.article_status != "published"
        )


def test_behavioral_rows_keep_the_whole_question(behavioral):
    row = by_id(behavioral, "L-03")
    assert row.title == (
        "Tell me about a time you disagreed with your manager’s direction"
        " but still had to lead your team to execute it."
    )
    assert all(q.title.endswith((".", "?")) for q in behavioral.questions)


def test_system_design_sequence(system_design):
    weeks = [(phase.first_week, phase.last_week) for phase in system_design.phases]
    assert weeks == [(1, 4), (5, 8), (9, 12), (13, 16), (17, 20), (21, 24), (25, 28)]
    assert [len(phase.question_ids) for phase in system_design.phases] == [
        20,
        11,
        14,
        14,
        13,
        16,
        32,
    ]
    assert system_design.phases[1].title == "Fintech focus"
    assert system_design.phases[1].advice == "Moniepoint-relevant depth."
    assert system_design.outside_sequence() == ()
    assert system_design.pace_notes == (
        "At 1 topic / weekday: ~24 weeks to full coverage.",
        "At 1 topic / day: 4 months.",
    )


def test_behavioral_sequence_leaves_eight_out(behavioral):
    weeks = [(phase.first_week, phase.last_week) for phase in behavioral.phases]
    assert weeks == [(1, 3), (4, 5), (6, 8), (9, 10), (11, 13), (14, 16)]
    assert sum(len(phase.question_ids) for phase in behavioral.phases) == 163
    assert behavioral.outside_sequence() == tuple(f"M-{n:02d}" for n in range(1, 9))
    assert behavioral.phases[4].advice is None
    assert behavioral.phases[5].advice.startswith("what separates Director candidates. These are")
    assert behavioral.pace_notes[0] == "At 1 question/weekday: 171 questions ≈ 34 weeks."
    assert len(behavioral.pace_notes) == 3


def test_last_updated_is_read(system_design, behavioral):
    assert system_design.last_updated == behavioral.last_updated == date(2026, 4, 28)


def changed(entries, permalink, old, new):
    entry = next(e for e in entries if e.permalink == permalink)
    assert old in entry.content
    return replace(entry, content=entry.content.replace(old, new, 1))


def test_a_mismatch_names_both_numbers(entries):
    entry = changed(entries, "/quest-sheet/", "Total topics: 120", "Total topics: 121")
    sheet = sheet_parser.parse_system_design(entry)
    assert mismatches(sheet) == ["system-design: total: the sheet prints 121, has 120"]


def test_a_dropped_row_is_a_mismatch_in_every_total_it_counts_in(entries):
    row = "12 Web Crawler Classic todo Politeness, dedup, frontier scheduling "
    sheet = sheet_parser.parse_system_design(changed(entries, "/quest-sheet/", row, ""))
    assert len(sheet.questions) == 119
    assert mismatches(sheet) == [
        "system-design: total: the sheet prints 120, has 119",
        "system-design: article status todo: the sheet prints 110, has 109",
        "system-design: published share in percent: the sheet prints 8.3, has 8.4",
        "system-design: total of the category table: the sheet prints 120, has 119",
        "system-design: category Classic “Design X” Questions: the sheet prints 20, has 19",
    ]


def test_a_newly_published_row_keeps_topic_label_and_notes(entries):
    entry = changed(
        entries,
        "/quest-sheet/",
        "Web Crawler Classic todo Politeness",
        "Web Crawler Classic published /system-design/classic/web-crawler Politeness",
    )
    row = by_id(sheet_parser.parse_system_design(entry), "SD-012")
    assert (row.title, row.label, row.notes) == (
        "Web Crawler",
        "Classic",
        "Politeness, dedup, frontier scheduling",
    )
    assert (row.article_status, row.article_url) == (
        "published",
        "/system-design/classic/web-crawler",
    )


def test_a_row_in_progress_is_read(entries):
    entry = changed(
        entries, "/quest-sheet/", "Web Crawler Classic todo", "Web Crawler Classic in progress"
    )
    row = by_id(sheet_parser.parse_system_design(entry), "SD-012")
    assert (row.title, row.article_status) == ("Web Crawler", "in progress")


def test_a_sheet_without_rows_is_refused(entries):
    entry = replace(entries[0], permalink="/quest-sheet/", content="nothing here")
    with pytest.raises(IndexFormatError, match="/quest-sheet/ holds no question rows"):
        sheet_parser.parse_system_design(entry)
    with pytest.raises(IndexFormatError, match="holds no question rows"):
        sheet_parser.parse_behavioral(entry)


def test_an_id_twice_is_refused(entries):
    entry = changed(entries, "/behavioral-quest-sheet/", "L-15 Give me", "L-14 Give me")
    with pytest.raises(IndexFormatError, match=re.escape("has L-14 2 times")):
        sheet_parser.parse_behavioral(entry)
