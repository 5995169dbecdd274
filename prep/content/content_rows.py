"""Sheets and articles as the rows of their tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from prep.content.models import Sheet
from prep.content.sites.markdown_folder import Article

Row = dict[str, object]


def sheet_row(sheet: Sheet, position: int) -> Row:
    """Return the row of a sheet that stands at `position`."""
    return {
        "slug": sheet.slug,
        "position": position,
        "title": sheet.title,
        "permalink": sheet.permalink,
        "last_updated": sheet.last_updated and sheet.last_updated.isoformat(),
        "pace_notes": "\n".join(sheet.pace_notes),
    }


def category_rows(sheets: Iterable[Sheet]) -> list[Row]:
    """Return the rows of all categories."""
    return [{"sheet": sheet.slug, **asdict(c)} for sheet in sheets for c in sheet.categories]


def phase_rows(sheets: Iterable[Sheet]) -> list[Row]:
    """Return the rows of all phases."""
    names = ("position", "title", "first_week", "last_week", "advice")
    return [
        {"sheet": sheet.slug, **{name: getattr(phase, name) for name in names}}
        for sheet in sheets
        for phase in sheet.phases
    ]


def question_rows(sheets: Iterable[Sheet]) -> list[Row]:
    """Return the rows of all questions, without anything personal."""
    rows = []
    for sheet in sheets:
        phase_of = {qid: phase.position for phase in sheet.phases for qid in phase.question_ids}
        for position, question in enumerate(sheet.questions, start=1):
            rows.append(
                asdict(question)
                | {
                    "sheet": sheet.slug,
                    "position": position,
                    "phase_position": phase_of.get(question.id),
                }
            )
    return rows


def article_rows(articles: Iterable[Article]) -> list[Row]:
    """Return the rows of articles."""
    return [
        {
            "permalink": article.permalink,
            "site": article.site,
            "title": article.title,
            "section": article.section,
            "published_on": article.published_on and article.published_on.isoformat(),
            "summary": article.summary,
            "body": article.body,
            "words": article.words,
            "minutes": article.minutes,
        }
        for article in articles
    ]
