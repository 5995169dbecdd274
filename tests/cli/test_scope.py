"""Commands on the scope of the plan."""

import json

import pytest

from tests.conftest import output


@pytest.fixture
def prep(prep):
    prep("config", "start_on", "2098-11-03")
    prep("config", "target_on", "2099-01-01")
    prep("config", "level", "DIR")
    return prep


def fitted(prep, *options):
    return json.loads(output(prep("fit", "--json", *options)))


def test_what_fits_as_json(prep):
    found = fitted(prep)
    assert set(found) == {
        "study_days",
        "minutes_a_day",
        "minutes_reserved",
        "minutes_available",
        "minutes_used",
        "chosen",
        "left_out",
        "by_category",
    }
    assert found["study_days"] * 60 == found["minutes_reserved"] + found["minutes_available"]
    assert found["minutes_used"] <= found["minutes_available"]
    assert len(found["chosen"]) + len(found["left_out"]) == 291
    assert len(found["by_category"]) == 32
    assert set(found["by_category"][0]) == {
        "sheet",
        "position",
        "title",
        "weight",
        "chosen",
        "total",
        "minutes",
    }
    assert sum(row["chosen"] for row in found["by_category"]) == len(found["chosen"])
    assert sum(row["minutes"] for row in found["by_category"]) == found["minutes_used"]


def test_fit_says_what_it_would_do_and_changes_nothing_until_it_is_applied(prep):
    said = output(prep("fit")).splitlines()
    chosen = fitted(prep)["chosen"]
    assert said[0].startswith(f"{len(chosen)} of 291 questions fit: 43 study days of 60 minutes")
    assert said[-1].startswith("leaves out ")
    assert output(prep("config", "scope")) == "all\n"
    assert "undo" in output(prep("fit", "--apply"))
    assert output(prep("config", "scope")) == "fit\n"
    assert output(prep("config", "pace")) == "60 minutes\n"
    rows = json.loads(output(prep("questions", "--json")))
    assert [row["id"] for row in rows if row["in_scope"]] == sorted(
        chosen, key=[row["id"] for row in rows].index
    )
    assert {row["question_id"] for row in json.loads(output(prep("plan", "--json")))} == set(chosen)
    prep("undo")
    assert all(row["in_scope"] for row in json.loads(output(prep("questions", "--json"))))


def test_a_question_is_pinned_dropped_and_neither(prep):
    found = fitted(prep, "--apply")
    outside, inside = found["left_out"][-1], found["chosen"][0]
    assert output(prep("pin", outside)) == f"{outside}: pinned\n"
    assert output(prep("pin", outside)) == f"{outside}: pinned already\n"
    assert output(prep("drop", inside)) == f"{inside}: dropped\n"
    rows = {row["id"]: row for row in json.loads(output(prep("questions", "--json")))}
    assert (rows[outside]["pinned"], rows[outside]["in_scope"]) == (True, True)
    assert (rows[inside]["dropped"], rows[inside]["in_scope"]) == (True, False)
    again = fitted(prep)
    assert outside in again["chosen"]
    assert inside in again["left_out"]
    prep("unpin", outside)
    prep("unpin", inside)
    assert fitted(prep)["chosen"] == found["chosen"]


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("target_on", "none", "there is no interview date"),
        ("target_on", "2098-11-03", "there is no study day left before the interview"),
    ],
)
def test_without_time_it_is_one_line(prep, key, value, why):
    prep("config", key, value)
    code, _, errors = prep("fit", "--apply")
    assert code == 1
    assert why in errors
    assert output(prep("config", "scope")) == "all\n"


def test_a_category_can_weigh_nothing_or_double(prep):
    before = {(r["sheet"], r["position"]): r["chosen"] for r in fitted(prep)["by_category"]}
    prep("config", "focus", "system-design:13=0, behavioral:15=2")
    after = {(r["sheet"], r["position"]): r["chosen"] for r in fitted(prep)["by_category"]}
    assert after["system-design", 13] == 0 < before["system-design", 13]
    assert after["behavioral", 15] > before["behavioral", 15]
    code, _, errors = prep("config", "focus", "system-design:99=2")
    assert code == 1
    assert "there is no such category" in errors


def test_the_minutes_of_a_day_are_one_figure(prep):
    prep("config", "pace", "45 minutes")
    assert output(prep("config", "minutes_a_day")) == "45\n"
    prep("config", "minutes_a_day", "30")
    assert output(prep("config", "pace")) == "30 minutes\n"
    prep("config", "pace", "50 minutes")
    assert output(prep("config", "minutes_a_day")) == "50\n"
    prep("fit", "--apply")
    code, _, errors = prep("config", "pace", "2 questions")
    assert code == 1
    assert "change minutes_a_day, or set scope to all" in errors
