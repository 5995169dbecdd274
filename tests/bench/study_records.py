"""How often the forecast's range holds the day on which real people really finished.

`study-records.json` beside this file holds five records: how many new problems somebody solved on
each day, taken from the history of public practice repositories, without names. It is a list of
`{"person": "p1", "done_by_day": [[day, count], …]}`, days counted from the person's first. Any
file of that form can be read. A day of more than MOST_A_DAY is somebody filing old work, and is
left out.

A person is asked about every EVERY_WEEKS weeks, as if only the days before were known and so many
of LEFT questions were left as they went on to solve. All seven days are study days.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import chain, product
from math import log
from pathlib import Path

from prep.planning.forecast import Forecast, forecast
from prep.planning.futures import FEWEST_DRAWS, Drift
from prep.planning.plan_items import PlanItem
from prep.progress.settings import Settings
from prep.progress.study_days import WEEKDAYS
from tests.bench.questions import START, item

SHIPPED = Path(__file__).with_name("study-records.json")
MOST_A_DAY = 12
FIRST_WEEK, EVERY_WEEKS = 8, 6
LEFT = (30, 60, 100, 200)
QUANTILES = (0.1, 0.9)
TOO_FAR = 10_000  # days that a day too far ahead to be named counts as
DRIFTS = [
    Drift(most=most, slowing=slowing)
    for most, slowing in product((0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8), (0.0, 0.5, 1.0, 1.5))
]
EVERY_DAY = Settings(start_on=START, study_days=WEEKDAYS)

Foretell = Callable[[Sequence[PlanItem], date], Forecast]


@dataclass(frozen=True)
class StudyRecord:
    """The day of each question that one person finished, counted from their first, in order."""

    person: str
    days: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """After how many days somebody finished, and the range foretold; 1 is the day of asking.

    `low` and `high` are None where that day is too far ahead to be named.
    """

    person: str
    took: int
    low: int | None
    high: int | None

    @property
    def is_refused(self) -> bool:
        """Whether nothing was foretold."""
        return self.low is None and self.high is None

    @property
    def holds(self) -> bool:
        """Whether the finish lies in the range."""
        return (self.low or TOO_FAR) <= self.took and (self.high is None or self.took <= self.high)

    @property
    def pinball(self) -> float:
        """The pinball losses of both ends of the range, added, in logarithms of days.

        An end foretold for a share of q costs q times how far it lies below what came, or 1 - q
        times how far above (Koenker & Bassett 1978, "Regression Quantiles"): nobody can lower the
        mean of it but by foretelling the true quantile.
        """
        ends = zip(QUANTILES, (self.low, self.high), strict=True)
        misses = [(share, log(self.took / (end or TOO_FAR))) for share, end in ends]
        return sum(max(share * miss, (share - 1) * miss) for share, miss in misses)


@dataclass(frozen=True)
class Score:
    """How many forecasts were asked for and refused; of the others, how good they were.

    `held` is the share whose range held, `pinball` the mean of `Answer.pinball`; None of none.
    """

    asked: int
    refused: int
    held: float | None
    pinball: float | None


def read(path: Path = SHIPPED) -> list[StudyRecord]:
    """Return the records of a file."""
    return [
        StudyRecord(row["person"], tuple(sorted(_days(row["done_by_day"]))))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def _days(done_by_day: list[tuple[int, int]]) -> Iterator[int]:
    return chain.from_iterable([day] * count for day, count in done_by_day if count <= MOST_A_DAY)


def ask(record: StudyRecord, foretell: Foretell | None = None) -> list[Answer]:
    """Return the answers to every question that can be asked about one person."""
    foretell = foretell or as_shipped
    last = record.days[-1] if record.days else 0
    found = []
    for asked_on in range(7 * FIRST_WEEK, last + 1, 7 * EVERY_WEEKS):
        known = [day for day in record.days if day < asked_on]
        for left in LEFT:
            if len(known) + left <= len(record.days):
                took = record.days[len(known) + left - 1] - asked_on + 1
                found.append(_answer(record.person, known, left, asked_on, took, foretell))
    return found


def leaving_each_out(records: Sequence[StudyRecord]) -> tuple[list[Answer], dict[str, Drift]]:
    """Return the answers about each person, and the drift each time chosen by the others alone.

    Chosen is the drift of DRIFTS with which the mean pinball loss of the others is least.
    """
    tried = {
        drift: {record.person: ask(record, partial(with_drift, drift)) for record in records}
        for drift in DRIFTS
    }
    best = {
        record.person: min(DRIFTS, key=partial(_loss_of_others, tried, record.person))
        for record in records
    }
    return [answer for person in best for answer in tried[best[person]][person]], best


def _loss_of_others(
    tried: dict[Drift, dict[str, list[Answer]]], person: str, drift: Drift
) -> float:
    others = [found for other, found in tried[drift].items() if other != person]
    return score(list(chain.from_iterable(others))).pinball or 0.0


def with_drift(drift: Drift, items: Sequence[PlanItem], today: date) -> Forecast:
    """Return the forecast as it would be with another drift."""
    return forecast(items, [], EVERY_DAY, today, draws=FEWEST_DRAWS, drift=drift)


def as_shipped(items: Sequence[PlanItem], today: date) -> Forecast:
    """Return the forecast as the pages show it."""
    return forecast(items, [], EVERY_DAY, today)


def _answer(
    person: str, known: list[int], left: int, asked_on: int, took: int, foretell: Foretell
) -> Answer:
    today = START + timedelta(days=asked_on)
    items = [item(n, START + timedelta(days=day)) for n, day in enumerate(known)]
    items += [item(len(known) + n, None) for n in range(left)]
    found = foretell(items, today)
    low, high = ((end - today).days + 1 if end else None for end in (found.p10, found.p90))
    return Answer(person, took, low, high)


def score(answers: Sequence[Answer]) -> Score:
    """Return how good forecasts were."""
    given = [answer for answer in answers if not answer.is_refused]
    refused = len(answers) - len(given)
    if not given:
        return Score(len(answers), refused, None, None)
    held = sum(answer.holds for answer in given) / len(given)
    pinball = sum(answer.pinball for answer in given) / len(given)
    return Score(len(answers), refused, held, pinball)


def by_person(answers: Sequence[Answer]) -> dict[str, Score]:
    """Return the score of each person."""
    people = dict.fromkeys(answer.person for answer in answers)
    return {
        person: score([answer for answer in answers if answer.person == person])
        for person in people
    }
