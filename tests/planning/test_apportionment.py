"""Which question is next: the categories stay in balance, of each the best comes first."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from prep.content.models import BEHAVIORAL, DIFFICULTIES, LEVELS
from prep.planning.apportionment import apportioned, category_of, weights_of
from prep.progress.settings import Settings
from tests.sample_plans import item


def questions(sizes, **fields):
    """Return so many questions of each category, all of one sheet."""
    return [
        item(100 * place + n, category_position=place, **fields)
        for place, size in enumerate(sizes, 1)
        for n in range(size)
    ]


def order(made, **wanted):
    chosen = Settings(**wanted)
    return list(apportioned(made, weights_of(made, chosen), {}, chosen))


def test_a_worked_example():
    """Three categories of 6, 3 and 1: quotients 6, 2, 6/5, …; 3, 1, …; 1."""
    places = [one.category_position for one in order(questions([6, 3, 1]))]
    assert places == [1, 2, 1, 1, 2, 3, 1, 1, 2, 1]


def seats_by_divisor(weights, seats):
    """Return Sainte-Laguë's seats by their other definition: weights over one divisor, rounded.

    The divisor is found by trying every one at which a party's rounding changes.
    """
    edges = sorted({w / Fraction(2 * n + 1, 2) for w in weights for n in range(seats + 1)})
    for edge in edges:
        least = [-(-(w / edge - Fraction(1, 2)) // 1) for w in weights]
        most = [(w / edge + Fraction(1, 2)) // 1 for w in weights]
        if sum(least) <= seats <= sum(most):
            return least, most
    return None


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.data())
def test_each_category_has_what_the_method_gives_it(sizes, data):
    seats = data.draw(st.integers(1, sum(sizes)))
    counts = Counter(one.category_position for one in order(questions(sizes))[:seats])
    found = seats_by_divisor([Fraction(size) for size in sizes], seats)
    assert found is not None
    for place, (least, most) in enumerate(zip(*found, strict=True), 1):
        assert least <= counts[place] <= most


def test_what_is_taken_already_counts_for_the_balance():
    made = questions([4, 4])
    weights = weights_of(made, Settings())
    left = apportioned(made[1:], weights, {category_of(made[0]): 1}, Settings())
    places = [one.category_position for one in left]
    assert places[:4] == [2, 1, 2, 1], "4/3 and 4; 4/3 and 4/3; 4/5 and 4/3; 4/5 and 4/5"


def test_a_category_without_weight_has_no_turn_and_one_of_double_weight_the_more():
    made = questions([4, 4, 4])
    focus = (("system-design", 1, 0.0), ("system-design", 2, 2.0))
    places = [one.category_position for one in order(made, focus=focus)]
    assert 1 not in places
    assert places == [2, 3, 2, 2, 3, 2, 3, 3], "8, 4, 8/3, 8/5, 4/3, 8/7, 4/5, 4/7"


@given(
    st.lists(
        st.tuples(st.sampled_from(LEVELS), st.sampled_from(DIFFICULTIES), st.booleans()),
        min_size=1,
        max_size=20,
    ),
    st.sampled_from(LEVELS),
)
def test_of_a_category_the_best_comes_first(kinds, level):
    made = [
        item(n, BEHAVIORAL, level=own, difficulty=difficulty, has_article=has_article)
        for n, (own, difficulty, has_article) in enumerate(kinds)
    ]
    found = order(made, level=level)
    assert sorted(one.id for one in found) == sorted(one.id for one in made)
    for before, after in pairwise(found):
        if level == "DIR":
            assert (before.level == "EM") <= (after.level == "EM"), "a director's first"
            if (before.level == "EM") != (after.level == "EM"):
                continue
        ranks = [DIFFICULTIES.index(one.difficulty) for one in (before, after)]
        assert ranks == sorted(ranks), "the hardest first"
        if ranks[0] == ranks[1]:
            assert before.has_article >= after.has_article, "then what has an article"
            if before.has_article == after.has_article:
                assert before.position < after.position, "then the sheet's order"
