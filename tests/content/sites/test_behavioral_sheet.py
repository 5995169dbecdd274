"""The behavioral sheet out of its flattened text."""

import re
from collections import Counter

import pytest

from prep.content.sites import behavioral_sheet
from prep.errors import IndexFormatError
from tests.content.sites.sheets import by_id, changed, counts_by_category

BEHAVIORAL_COUNTS = [15, 12, 12, 10, 10, 12, 10, 8, 10, 10, 8, 12, 8, 8, 14, 12]


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


def test_behavioral_rows_keep_the_whole_question(behavioral):
    row = by_id(behavioral, "L-03")
    assert row.title == (
        "Tell me about a time you disagreed with your manager’s direction"
        " but still had to lead your team to execute it."
    )
    assert all(q.title.endswith((".", "?")) for q in behavioral.questions)


def test_behavioral_sequence_leaves_eight_out(behavioral):
    weeks = [(phase.first_week, phase.last_week) for phase in behavioral.phases]
    assert weeks == [(1, 3), (4, 5), (6, 8), (9, 10), (11, 13), (14, 16)]
    assert sum(len(phase.question_ids) for phase in behavioral.phases) == 163
    assert behavioral.outside_sequence() == tuple(f"M-{n:02d}" for n in range(1, 9))
    assert behavioral.phases[4].advice is None
    assert behavioral.phases[5].advice.startswith("what separates Director candidates. These are")
    assert behavioral.pace_notes[0] == "At 1 question/weekday: 171 questions ≈ 34 weeks."
    assert len(behavioral.pace_notes) == 3


def test_an_id_twice_is_refused(entries):
    entry = changed(entries, "/behavioral-quest-sheet/", "L-15 Give me", "L-14 Give me")
    with pytest.raises(IndexFormatError, match=re.escape("has L-14 2 times")):
        behavioral_sheet.parse(entry)
