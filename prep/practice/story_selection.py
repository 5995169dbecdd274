"""Which stories cover which questions: the fewest that do, and one for each without repeating."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from prep.content.models import DIFFICULTIES
from prep.content.questions import Question

MOST_STEPS = 1500  # of the search for the fewest stories

Covers = Mapping[str, frozenset[str]]  # story → the questions that it answers, the best first


@dataclass(frozen=True)
class Cover:
    """Stories that answer what was wanted; `is_proven` where no fewer can."""

    stories: list[str]
    is_proven: bool


def smallest_cover(covers: Covers, wanted: Iterable[str]) -> Cover:
    """Return the fewest stories that together answer all of `wanted` that any story answers.

    The minimum set cover by branch and bound on the question with the fewest stories, bounded
    below by questions of which no two share a story. The search ends after MOST_STEPS: with
    dozens of stories that each answer dozens of questions, the best found may lack the proof.
    Of stories that answer the same, the one that comes first in `covers` is taken.
    """
    names = list(covers)
    answered = frozenset().union(*covers.values())
    coverable = [q for q in dict.fromkeys(wanted) if q in answered]
    bit = {question: 1 << place for place, question in enumerate(coverable)}
    masks = [sum(bit[q] for q in covers[name] if q in bit) for name in names]
    best, is_proven = _search(masks, (1 << len(coverable)) - 1)
    return Cover([names[place] for place in sorted(best)], is_proven)


def assign_distinct(covers: Covers, asked: Sequence[str]) -> dict[str, str | None]:
    """Return a story for each question asked, none twice, for as many questions as can be.

    A maximum matching by augmenting paths (Kuhn's algorithm); stories that come first in
    `covers` are preferred. None where no story is left for a question.
    """
    taken: dict[str, str] = {}  # story → question

    def give(question: str, tried: set[str]) -> bool:
        for story, questions in covers.items():
            if question in questions and story not in tried:
                tried.add(story)
                if story not in taken or give(taken[story], tried):
                    taken[story] = question
                    return True
        return False

    for question in asked:
        give(question, set())
    by_question = {question: story for story, question in taken.items()}
    return {question: by_question.get(question) for question in asked}


def tellings(covers: Covers, asked: Iterable[str], length: int) -> dict[str, float]:
    """Return how often a loop of `length` of the questions would have each story told, on average.

    Each question is answered by the first story in `covers` that can, so this is `length` times
    the share of the questions that fall to the story. Stories that nothing falls to are left out.
    """
    asked = list(asked)
    best = {q: story for story, found in reversed([*covers.items()]) for q in found}
    counts = Counter(best[q] for q in asked if q in best)
    loop = min(length, len(asked))
    return {story: loop * count / len(asked) for story, count in counts.most_common()}


def gaps(unanswered: Iterable[Question]) -> dict[str, list[Question]]:
    """Return `{category: questions}` that no story answers, where a new one would answer most.

    The category with the most first, and in each the most difficult questions first.
    """
    by_category: dict[str, list[Question]] = {}
    for question in unanswered:
        by_category.setdefault(question.category, []).append(question)
    for found in by_category.values():
        found.sort(key=lambda question: DIFFICULTIES.index(question.difficulty or "Low"))
    return dict(sorted(by_category.items(), key=lambda found: -len(found[1])))


def draw(questions: Sequence[str], count: int, seed: int) -> list[str]:
    """Return `count` of the questions at random, or all where there are fewer."""
    chosen = random.Random(seed).sample(list(questions), min(count, len(questions)))
    return sorted(chosen, key=list(questions).index)


def _search(masks: list[int], everything: int) -> tuple[list[int], bool]:
    stories = _without_dominated(masks)
    best = _greedy(masks, stories, everything)
    tellers = {  # for each question, the stories that answer it, as bits
        question: sum(1 << place for place in stories if masks[place] & question)
        for question in _bits(everything)
    }
    steps = 0

    def explore(left: int, chosen: list[int], allowed: int) -> None:
        nonlocal best, steps
        steps += 1
        if not left:
            best = list(chosen)
            return
        room = len(best) - len(chosen) - 1  # how many more would still be fewer
        rarest = _rarest(tellers, left, allowed, room) if steps <= MOST_STEPS else None
        if rarest is None:
            return
        branch = [bit.bit_length() - 1 for bit in _bits(tellers[rarest] & allowed)]
        branch.sort(key=lambda place: (-(masks[place] & left).bit_count(), place))
        widest = max((masks[place] & left).bit_count() for place in stories if allowed >> place & 1)
        if left.bit_count() > room * widest:
            return
        for place in branch:
            explore(left & ~masks[place], [*chosen, place], allowed)
            allowed &= ~(1 << place)  # tried with it, now without

    explore(everything, [], sum(1 << place for place in stories))
    return best, steps <= MOST_STEPS


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest
        number ^= lowest


def _without_dominated(masks: list[int]) -> list[int]:
    """Return the places of the stories that answer something which no other story does better."""
    kept: list[int] = []
    for place in sorted(range(len(masks)), key=lambda p: (-masks[p].bit_count(), p)):
        if masks[place] and not any(masks[place] & ~masks[other] == 0 for other in kept):
            kept.append(place)
    return sorted(kept)


def _greedy(masks: list[int], stories: list[int], left: int) -> list[int]:
    chosen = []
    while left:
        most = max(stories, key=lambda place: ((masks[place] & left).bit_count(), -place))
        chosen.append(most)
        left &= ~masks[most]
    return chosen


def _rarest(tellers: Mapping[int, int], left: int, allowed: int, room: int) -> int | None:
    """Return the question that the fewest stories answer, None where `room` more cannot do."""
    apart, blocked = 0, 0
    fewest_stories, rarest = 10**9, 0
    for question in _bits(left):
        able = tellers[question] & allowed
        count = able.bit_count()
        if count == 0:
            return None
        if count < fewest_stories:
            fewest_stories, rarest = count, question
        if not able & blocked:  # shares no story with those counted so far
            apart += 1
            if apart > room:
                return None
            blocked |= able
    return rarest
