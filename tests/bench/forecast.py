"""How often the forecast's 80 % range holds the day on which people really finish.

    python -m tests.bench.forecast

prints the tables of docs/plan.md: five real people (`study_records`) and people whose pace is
drawn (`simulated_people`). `--records FILE` asks about the people of another file alone, and
`--json` prints figures to compute with.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench import simulated_people, study_records
from tests.bench.simulated_people import PEOPLE, RUNS
from tests.bench.study_records import Answer, Score

HOLDS = (0.70, 0.90)  # of all that were asked, and of simulated people after eight weeks
LENGTHS = (4, 6, 8, 12)  # weeks of a simulated person's record


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how often the range held.

    Return 1 where that is too seldom or too often for the shipped records or a simulated person
    after eight weeks; another file is asked about, not judged.
    """
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.bench.forecast")
    parser.add_argument("--records", type=Path, help="a file like tests/bench/study-records.json")
    parser.add_argument("--json", action="store_true", help="print figures, not tables")
    chosen = parser.parse_args(arguments)
    records = study_records.read(chosen.records or study_records.SHIPPED)
    answers = [answer for record in records for answer in study_records.ask(record)]
    if chosen.records:
        print(json.dumps(_figures(answers)) if chosen.json else _record_table(answers))
        return 0
    left_out, drifts = study_records.leaving_each_out(records)
    people = _simulated()
    if chosen.json:
        more = {"left_out": _figures(left_out), "simulated": people}
        print(json.dumps(_figures(answers) | more))
    else:
        print("Real people, as shipped:\n\n" + _record_table(answers))
        print("Each with the drift that the others chose:\n\n" + _record_table(left_out))
        for person, drift in drifts.items():
            print(f"- {person}: at most {drift.most}, slowing {drift.slowing}")
        print("\nSimulated people:\n\n" + _simulated_table(people))
    shares = [study_records.score(left_out).held or 0, *(found[8][0] for found in people.values())]
    return 0 if all(HOLDS[0] <= share <= HOLDS[1] for share in shares) else 1


def _figures(answers: Sequence[Answer]) -> dict[str, object]:
    people = study_records.by_person(answers)
    return asdict(study_records.score(answers)) | {
        "by_person": {person: asdict(found) for person, found in people.items()}
    }


def _record_table(answers: Sequence[Answer]) -> str:
    rows = study_records.by_person(answers) | {"all": study_records.score(answers)}
    lines = ["| person | asked | refused | held | pinball |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {person} | {_cells(found)} |" for person, found in rows.items()]
    return "\n".join(lines) + "\n"


def _cells(found: Score) -> str:
    held = "–" if found.held is None else f"{found.held:.0%}"
    pinball = "–" if found.pinball is None else f"{found.pinball:.3f}"
    return f"{found.asked} | {found.refused} | {held} | {pinball}"


def _simulated() -> dict[str, dict[int, tuple[float, int]]]:
    """Return of each simulated person, by weeks of record, what `simulated_people.held` does."""
    return {
        person.name: {weeks: simulated_people.held(person, weeks) for weeks in LENGTHS}
        for person in PEOPLE
    }


def _simulated_table(people: dict[str, dict[int, tuple[float, int]]]) -> str:
    lines = ["| person | " + " | ".join(f"{weeks} weeks" for weeks in LENGTHS) + " |"]
    lines.append("| --- |" + " --- |" * len(LENGTHS))
    for name, found in people.items():
        cells = [f"{share:.0%}" + (f" of {n}" if n < RUNS else "") for share, n in found.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + f"\n\n{RUNS} runs each\n"


if __name__ == "__main__":
    sys.exit(main())
