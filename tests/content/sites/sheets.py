"""Questions and counts of a parsed sheet, and index entries that were altered."""

from collections import Counter
from dataclasses import replace


def by_id(sheet, question_id):
    return next(question for question in sheet.questions if question.id == question_id)


def counts_by_category(sheet):
    counts = Counter(question.category_position for question in sheet.questions)
    return {category.title: counts[category.position] for category in sheet.categories}


def changed(entries, permalink, old, new):
    entry = next(e for e in entries if e.permalink == permalink)
    assert old in entry.content
    return replace(entry, content=entry.content.replace(old, new, 1))
