"""The fewest stories, held to brute force; one story for each question."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.content import questions
from prep.practice import story_selection
from tests.work import steps

QUESTIONS = [f"Q{n}" for n in range(12)]
COVERS = st.lists(st.frozensets(st.sampled_from(QUESTIONS)), max_size=9).map(
    lambda found: {f"S{n}": questions for n, questions in enumerate(found)}
)


def by_brute_force(covers, wanted):
    coverable = set(wanted) & set().union(*covers.values()) if covers else set()
    for size in range(len(covers) + 1):
        for chosen in combinations(covers, size):
            if coverable <= set().union(*(covers[story] for story in chosen)):
                return size
    raise AssertionError("all stories together answer what any answers")


@settings(max_examples=300)
@given(COVERS, st.frozensets(st.sampled_from(QUESTIONS)))
def test_no_fewer_stories_can_do(covers, wanted):
    found = story_selection.smallest_cover(covers, wanted)
    assert found.is_proven
    assert len(found.stories) == by_brute_force(covers, wanted)
    coverable = wanted & frozenset().union(*covers.values())
    assert coverable <= frozenset().union(*(covers[story] for story in found.stories))


def test_how_often_a_loop_would_tell_each_story():
    covers = {"best": frozenset("abcd"), "next": frozenset("cde"), "spare": frozenset("a")}
    # Of five questions in ten, four fall to the best, one to the next.
    assert story_selection.tellings(covers, "abcdefghij", 5) == {"best": 2.0, "next": 0.5}
    assert story_selection.tellings(covers, "ab", 5) == {"best": 2.0}, (
        "a loop is no longer than it is"
    )
    assert story_selection.tellings(covers, "", 5) == {}


def test_a_new_story_aims_at_the_category_with_the_most_and_the_most_difficult_questions(db):
    any_question = questions.get(db, "L-01")
    asked = [
        replace(any_question, id=question_id, category=category, difficulty=difficulty)
        for question_id, category, difficulty in [
            ("L-01", "Leadership", "Low"),
            ("C-01", "Conflict", "Medium"),
            ("C-02", "Conflict", "Low"),
            ("C-03", "Conflict", "High"),
            ("L-02", "Leadership", "High"),
        ]
    ]
    found = {
        name: [question.id for question in aimed]
        for name, aimed in story_selection.gaps(asked).items()
    }
    assert list(found.items()) == [
        ("Conflict", ["C-03", "C-01", "C-02"]),
        ("Leadership", ["L-02", "L-01"]),
    ]
    assert story_selection.gaps([]) == {}


def test_of_equal_stories_the_first_is_taken():
    covers = {"strong": frozenset("ab"), "weak": frozenset("ab")}
    assert story_selection.smallest_cover(covers, "ab").stories == ["strong"]


def stories_at_random(count, share):
    """Return stories that each answer about a share of 171 questions, and those questions."""
    chance = random.Random(1)
    questions = [f"Q{n}" for n in range(171)]
    covers = {
        f"S{n}": frozenset(q for q in questions if chance.random() < share) for n in range(count)
    }
    return covers, questions


@pytest.mark.parametrize("share", [0.02, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5])
@pytest.mark.parametrize("stories", [60, 120])
def test_the_fewest_take_so_many_steps_a_story_however_many_there_are(share, stories):
    covers, questions = stories_at_random(stories, share)
    assert steps(story_selection.smallest_cover, covers, questions) <= 12_000 * stories


@given(COVERS, st.lists(st.sampled_from(QUESTIONS), unique=True, max_size=5))
def test_a_loop_uses_no_story_twice_and_leaves_out_as_few_as_can_be(covers, asked):
    given_stories = story_selection.assign_distinct(covers, asked)
    used = [story for story in given_stories.values() if story]
    assert len(used) == len(set(used))
    assert all(question in covers[story] for question, story in given_stories.items() if story)
    assert len(used) == largest_matching(covers, asked)


def largest_matching(covers, asked):
    if not asked:
        return 0
    question, *rest = asked
    without = largest_matching(covers, rest)
    with_it = [
        1 + largest_matching({s: q for s, q in covers.items() if s != story}, rest)
        for story in covers
        if question in covers[story]
    ]
    return max([without, *with_it])


def test_a_draw_is_seeded():
    assert story_selection.draw(QUESTIONS, 5, 1) == story_selection.draw(QUESTIONS, 5, 1)
    assert len({tuple(story_selection.draw(QUESTIONS, 5, seed)) for seed in range(20)}) > 10
    assert story_selection.draw(QUESTIONS, 50, 1) == QUESTIONS
