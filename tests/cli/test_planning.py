"""Commands on the plan."""

import json

from prep.progress import setting_texts
from tests.conftest import output


def test_config_lists_prints_and_sets(prep):
    assert len(output(prep("config")).splitlines()) == len(setting_texts.HELP)
    assert output(prep("config", "pace")) == "2 questions\n"
    assert output(prep("config", "pace", "45 minutes")) == "45 minutes\n"
    assert output(prep("config", "pace")) == "45 minutes\n"
    assert output(prep("config", "pace", "default")) == "2 questions\n"
    assert output(prep("undo")) == 'pace: value – → "45 minutes"\n'


def test_plan_has_a_day_for_every_question(prep):
    rows = json.loads(output(prep("plan", "--json")))
    assert len(rows) == 291
    assert set(rows[0]) == {"date", "question_id", "sheet", "title", "phase", "minutes"}
    assert rows[0]["question_id"] == "SD-001"
    assert rows == sorted(rows, key=lambda row: row["date"])
    assert len(output(prep("plan")).splitlines()) == 291


def test_moving_a_question_changes_the_plan(prep):
    assert output(prep("move", "SD-001", "2099-01-02")) == "SD-001: 2099-01-02 Fri\n"
    assert json.loads(output(prep("plan", "--json")))[-1]["question_id"] == "SD-001"
    assert output(prep("move", "SD-001", "skip")) == "SD-001: not in the plan\n"
    assert len(json.loads(output(prep("plan", "--json")))) == 290
    assert "not in" not in output(prep("move", "SD-001", "back"))


def test_today_says_where_i_stand(prep):
    prep("config", "study_days", "mon-sun")
    prep("set", "SD-001", "done")
    lines = output(prep("today")).splitlines()
    assert lines[0].startswith("On track: 1 of 291 questions done. The plan ends on ")
    assert lines[2].split()[:2] == ["done", "SD-001"]
    assert lines[3].split()[:3] == ["46", "min", "L-01"]
    data = json.loads(output(prep("today", "--json")))
    assert data["done_today"] == ["SD-001"]
    assert [row["question_id"] for row in data["questions"]] == ["L-01"]
    assert data["forecast"]["remaining"] == 290


def test_forecast_of_the_plan_and_of_each_sheet(prep):
    prep("config", "target_on", "2099-01-01")
    data = json.loads(output(prep("forecast", "--json")))
    assert {"median", "p10", "p90", "probability", "pace_needed"} <= set(data)
    assert data["p10"] < data["median"] < data["p90"]
    assert data["probability"] > 0.99
    assert set(data["sheets"]) == {"system-design", "behavioral"}
    lines = output(prep("forecast")).splitlines()
    assert lines[0].startswith("At the pace you planned")
    assert [line.partition(":")[0] for line in lines[1:]] == ["System design", "Behavioral"]
