"""The command that measures the forecast, on small records."""

import json
from math import log

import pytest

from tests.bench import forecast, study_records
from tests.bench.study_records import Answer, StudyRecord


@pytest.fixture
def file(tmp_path):
    """One a day for 20 weeks, with old work filed on the first day; and somebody of few days."""
    steady = [[0, 500], *([day, 1] for day in range(1, 140))]
    people = [{"person": "a", "done_by_day": steady}, {"person": "b", "done_by_day": [[0, 3]]}]
    path = tmp_path / "records.json"
    path.write_text(json.dumps(people))
    return path


def test_a_file_of_records_gives_figures(file, capsys):
    assert forecast.main(["--records", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"asked", "refused", "held", "pinball", "by_person"}
    # 84 days follow week 8, 42 week 14: room for 30 and 60, and for 30
    assert (found["asked"], found["refused"], found["held"]) == (3, 0, 1.0)
    assert 0 < found["pinball"] < 0.2
    assert found["by_person"]["a"]["asked"] == 3


def test_without_json_it_is_a_table(file, capsys):
    assert forecast.main(["--records", str(file)]) == 0
    assert "| all | 3 | 0 | 100% |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("took", "low", "high", "holds", "pinball"),
    [
        (10, 10, 10, True, 0),
        (10, 5, 20, True, 0.2 * log(2)),
        (10, 20, 40, False, 0.9 * log(2) + 0.1 * log(4)),
        (40, 10, 20, False, 0.1 * log(4) + 0.9 * log(2)),
        (10, 10, None, True, 0.1 * log(1000)),
    ],
)
def test_a_range_is_scored_by_how_far_its_ends_are_off(took, low, high, holds, pinball):
    answer = Answer("a", took, low, high)
    assert answer.holds == holds
    assert answer.pinball == pytest.approx(pinball)


def test_what_is_refused_is_not_scored():
    found = study_records.score([Answer("a", 10, None, None), Answer("a", 10, 5, 9)])
    assert (found.asked, found.refused, found.held) == (2, 1, 0.0)
    assert study_records.score([]).pinball is None


def test_the_drift_for_a_person_is_chosen_by_the_others(monkeypatch):
    """A steady one alone chooses no drift for the other, whose own weeks would choose some."""
    monkeypatch.setattr(
        study_records, "DRIFTS", [study_records.Drift(0, 0), study_records.Drift(1, 1)]
    )
    steady = StudyRecord("steady", tuple(range(140)))
    slower = StudyRecord("slower", (*range(60), *range(60, 400, 5)))
    _, best = study_records.leaving_each_out([steady, slower])
    assert {person: drift.most for person, drift in best.items()} == {"slower": 0, "steady": 1}


def test_five_people_are_shipped():
    assert [record.person for record in study_records.read()] == ["p1", "p2", "p3", "p4", "p5"]
