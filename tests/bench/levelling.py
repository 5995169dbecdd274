"""How evenly a year of reviews is spread over its days, with and without levelling.

    python -m tests.bench.levelling

prints the busiest day over the mean day.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from fsrs import Card, Rating, Scheduler

from prep.clock import Clock
from prep.practice import review_schedule

QUESTIONS = 291
DAYS = 365
BEGIN = datetime(2026, 1, 5, 12, tzinfo=UTC)


def peak_over_mean(fuzz: str, seed: int = 1) -> float:
    """Return the busiest day's reviews over the mean day's, of a year that begins in bursts.

    Twenty-nine questions enter every tenth day of the first hundred; the days after the first 120
    count. Reviews are once a day, so there are no learning steps of minutes. `fuzz` is `none`,
    `random` (FSRS's own) or `levelled`.
    """
    chance = random.Random(seed)
    random.seed(seed)  # FSRS draws its fuzz from here
    fsrs = Scheduler(enable_fuzzing=fuzz == "random", learning_steps=(), relearning_steps=())
    clock = Clock(UTC)
    cards = {
        n: Card(card_id=n, due=BEGIN + timedelta(days=10 * (n // 29))) for n in range(QUESTIONS)
    }
    due_on = Counter(card.due.date() for card in cards.values())
    done: Counter[date] = Counter()
    for day in range(DAYS):
        now = BEGIN + timedelta(days=day)
        for n, card in [(n, card) for n, card in cards.items() if card.due <= now]:
            rating = chance.choices(list(Rating), weights=(1, 2, 6, 1))[0]
            new, _ = fsrs.review_card(card, rating, now)
            due_on[card.due.date()] -= 1
            if fuzz == "levelled":
                new.due = now + review_schedule.least_busy_interval(
                    new.due - now, clock.day_of(now), due_on
                )
            due_on[new.due.date()] += 1
            cards[n] = new
            done[now.date()] += 1
    settled = [done[(BEGIN + timedelta(days=day)).date()] for day in range(120, DAYS)]
    return max(settled) / (sum(settled) / len(settled))


def main() -> None:
    """Print the figure for each way."""
    for fuzz in ("none", "random", "levelled"):
        found = [f"{peak_over_mean(fuzz, seed):.2f}" for seed in range(3)]
        print(f"{fuzz}: busiest day {', '.join(found)} times the mean (three seeds)")


if __name__ == "__main__":
    sys.exit(main())
