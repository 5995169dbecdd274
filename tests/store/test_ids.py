"""The form of the ids that Prep gives."""

import pytest

from prep.store import ids


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("question", "SD-001"),
        ("question", "X-9999"),
        ("question", "L-01-OLD1234"),
        ("story", "ST-001"),
        ("attempt", "MI-12"),
        ("pass", "PA-1"),
    ],
)
def test_what_is_given_has_the_form_of_its_table(table, name):
    assert ids.FORMS[table].fullmatch(name)


@pytest.mark.parametrize(
    "name", ["", "st-001", "ST-", "ST-1#2", "ST-001\n", "ST-١", "ST-0000000000"]
)
@pytest.mark.parametrize("table", ids.FORMS)
def test_nothing_else_has_it(table, name):
    assert not ids.FORMS[table].fullmatch(name)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("L-01#reading#2026-11-26", True),
        ("L-01#reading#2026-11-26#0123456789abcdef", True),
        ("L-01#mock#MI-001", False),
        ("L-01#reading#26 Nov", False),
    ],
)
def test_counted_time_names_question_kind_day_and_device(name, is_one):
    assert bool(ids.COUNTED_TIME.fullmatch(name)) == is_one


def test_two_ids_of_one_instant_differ():
    assert len({ids.unique() for _ in range(100)}) == 100
