from datetime import date

import pytest

from prep.progress import coverage
from prep.progress.tracker import STATUSES

TODAY = date(2026, 11, 23)


def row(frame, group, status):
    found = frame[(frame["group"] == group) & (frame["status"] == status)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize(
    ("dimension", "groups"),
    [("category", 32), ("level", 3), ("difficulty", 3), ("phase", 7 + 6 + 1)],
)
def test_each_group_has_a_row_for_every_status(db, dimension, groups):
    frame = coverage.counts_by_group(db, dimension)
    assert len(frame) == groups * len(STATUSES)
    assert frame.groupby(["sheet", "group"])["share"].sum().eq(1).all()


def test_categories_stand_in_the_sheets_order(db):
    frame = coverage.counts_by_group(db, "category")
    first = frame[frame["sheet"] == "system-design"]["group"].unique()
    assert list(first[:2]) == ["Classic “Design X” Questions", "Fintech"]
    assert list(frame["sheet"].unique()) == ["system-design", "behavioral"]


def test_a_status_moves_its_counts(db, tracker):
    tracker.set_status(["L-01", "L-02"], "done")
    tracker.set_status("L-03", "drafted")
    frame = coverage.counts_by_group(db, "category")
    assert row(frame, "Leadership", "done")["count"] == 2
    assert row(frame, "Leadership", "drafted")["count"] == 1
    assert row(frame, "Leadership", "todo")["count"] == 12
    assert row(frame, "Leadership", "done")["share"] == pytest.approx(2 / 15)
    assert coverage.totals(db)["behavioral"] == {
        "todo": 168,
        "in_progress": 0,
        "drafted": 1,
        "done": 2,
        "total": 171,
    }


def test_levels_have_their_printed_totals(db):
    totals = coverage.counts_by_group(db, "level").groupby("group")["total"].first()
    assert totals.to_dict() == {"EM": 34, "DIR": 30, "EM+DIR": 107}


def test_the_eight_outside_are_a_phase_of_their_own(db):
    frame = coverage.counts_by_group(db, "phase")
    outside = frame[frame["group"] == "Outside the suggested sequence"]
    assert outside["total"].unique().tolist() == [8]
    assert (frame.iloc[-1]["sheet"], frame.iloc[-1]["group"]) == (
        "behavioral",
        outside["group"].iloc[0],
    )


def test_published_articles_are_the_sites_not_the_persons(all_done):
    assert coverage.articles_published(all_done) == {
        "system-design": (10, 120),
        "behavioral": (7, 171),
    }


def test_nothing_done_gives_no_weeks(db):
    assert coverage.done_by_week(db, TODAY).empty


def test_weeks_begin_on_monday_and_have_no_gaps(db, tracker):
    tracker.set_status("L-01", "done", on=date(2026, 11, 1))  # a Sunday
    tracker.set_status("L-02", "done", on=date(2026, 11, 2))
    tracker.set_status("SD-001", "done", on=date(2026, 11, 2))
    frame = coverage.done_by_week(db, TODAY)
    behavioral = frame[frame["sheet"] == "behavioral"]
    assert [day.date() for day in behavioral["week"]] == [
        date(2026, 10, 26),
        date(2026, 11, 2),
        date(2026, 11, 9),
        date(2026, 11, 16),
        date(2026, 11, 23),
    ]
    assert behavioral["done"].tolist() == [1, 1, 0, 0, 0]
    assert behavioral["cumulative"].tolist() == [1, 2, 2, 2, 2]
    assert frame[frame["sheet"] == "system-design"]["cumulative"].tolist() == [0, 1, 1, 1, 1]


@pytest.mark.parametrize("dimension", ["category", "phase", "level", "difficulty"])
def test_what_is_in_scope_is_counted_by_every_group(db, tracker, dimension):
    tracker.edit(
        {"L-01": {"in_scope": True}, "L-02": {"pinned": True}, "SD-001": {"skipped": True}}
    )
    tracker.set_status("SD-002", "in_progress")
    tracker.edit({"L-03": {"in_scope": True, "skipped": True}})
    found = coverage.in_scope_by_group(db, dimension)
    frame = coverage.counts_by_group(db, dimension)
    groups = set(zip(frame["sheet"], frame["position"], strict=True))
    assert set(found) <= groups
    behavioral = sum(count for (sheet, _), count in found.items() if sheet == "behavioral")
    assert behavioral == 2
    assert sum(found.values()) == (3 if dimension in ("category", "phase") else 2)
