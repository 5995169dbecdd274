"""Sheets and articles as the rows of their tables."""

from datetime import date

from prep.content import content_rows
from prep.content.sites.markdown_folder import Article


def columns(db, table):
    return {row[1] for row in db.execute(f"PRAGMA table_info({table})")}


def test_every_field_of_a_row_is_a_column(db, system_design, behavioral):
    sheets = [system_design, behavioral]
    made = {
        "sheet": [content_rows.sheet_row(system_design, 1)],
        "category": content_rows.category_rows(sheets),
        "phase": content_rows.phase_rows(sheets),
        "question": content_rows.question_rows(sheets),
        "article": content_rows.article_rows([Article("/a/", "A", "Notes", None, None, "x")]),
    }
    for table, rows in made.items():
        assert rows
        assert all(row.keys() <= columns(db, table) for row in rows), table


def test_questions_stand_in_the_order_of_their_sheet_and_in_its_phases(behavioral):
    rows = content_rows.question_rows([behavioral])
    assert [row["position"] for row in rows] == list(range(1, 172))
    assert {row["sheet"] for row in rows} == {"behavioral"}
    named = {qid: phase.position for phase in behavioral.phases for qid in phase.question_ids}
    assert {row["id"]: row["phase_position"] for row in rows if row["phase_position"]} == named


def test_nothing_personal_is_in_a_question(db, behavioral):
    [row, *_] = content_rows.question_rows([behavioral])
    assert not row.keys() & (columns(db, "progress") - {"question_id"})


def test_a_day_is_text_and_an_unknown_one_is_none(behavioral):
    known = Article("/a/", "A", "Notes", date(2026, 4, 28), None, "one two")
    unknown = Article("/b/", "B", "Notes", None, None, "")
    rows = content_rows.article_rows([known, unknown])
    assert [row["published_on"] for row in rows] == ["2026-04-28", None]
    assert [(row["words"], row["minutes"]) for row in rows] == [(2, 1), (0, 1)]
    assert content_rows.sheet_row(behavioral, 2)["last_updated"] == "2026-04-28"
