"""The system-design sheet out of its flattened text."""

import pytest

from prep.content.sites import system_design_sheet
from tests.content.sites.sheets import by_id, changed, counts_by_category

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


def test_system_design_sections_have_their_full_names_and_counts(system_design):
    assert counts_by_category(system_design) == SYSTEM_DESIGN_SECTIONS


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


def test_a_newly_published_row_keeps_topic_label_and_notes(entries):
    entry = changed(
        entries,
        "/quest-sheet/",
        "Web Crawler Classic todo Politeness",
        "Web Crawler Classic published /system-design/classic/web-crawler Politeness",
    )
    row = by_id(system_design_sheet.parse(entry), "SD-012")
    assert (row.title, row.label, row.notes) == (
        "Web Crawler",
        "Classic",
        "Politeness, dedup, frontier scheduling",
    )
    assert (row.article_status, row.permalink) == (
        "published",
        "/system-design/classic/web-crawler/",
    )


def test_a_row_in_progress_is_read(entries):
    entry = changed(
        entries, "/quest-sheet/", "Web Crawler Classic todo", "Web Crawler Classic in progress"
    )
    row = by_id(system_design_sheet.parse(entry), "SD-012")
    assert (row.title, row.article_status) == ("Web Crawler", "in progress")
