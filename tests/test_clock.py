"""The person's day: where it begins, in every zone and whatever the clocks do."""

import ast
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from prep.clock import Clock, clock_in, system_clock
from prep.errors import InvalidDates
from prep.practice import answers, mock, mock_notes, review_queue, reviews
from prep.practice.attempt import QUESTION
from prep.progress import passes, reading, settings, time_spent
from prep.progress.settings import Settings
from prep.progress.tracker import Tracker

from .conftest import ends_soon

PREP = Path(__file__).parent.parent / "prep"


def at(zone, instant, day_start=time(4)):
    moment = datetime.fromisoformat(instant)
    return Clock(ZoneInfo(zone), now=lambda: moment, day_start=day_start)


@pytest.mark.parametrize(
    ("zone", "instant", "day_start", "day"),
    [
        ("Europe/Berlin", "2026-03-29T00:30:00+00:00", time(0), "2026-03-29"),
        ("America/New_York", "2026-03-29T00:30:00+00:00", time(0), "2026-03-28"),
        ("Pacific/Auckland", "2026-03-29T00:30:00+00:00", time(0), "2026-03-29"),
        ("UTC", "2026-11-24T03:59:00+00:00", time(4), "2026-11-23"),
        ("UTC", "2026-11-24T04:00:00+00:00", time(4), "2026-11-24"),
        ("UTC", "2026-11-24T05:29:59+00:00", time(5, 30), "2026-11-23"),
        ("Asia/Tokyo", "2026-11-23T18:59:00+00:00", time(4), "2026-11-23"),
        ("Asia/Tokyo", "2026-11-23T19:00:00+00:00", time(4), "2026-11-24"),
        ("America/New_York", "2026-11-01T08:59:00+00:00", time(4), "2026-10-31"),  # back at 2:00
        ("America/New_York", "2026-11-01T09:00:00+00:00", time(4), "2026-11-01"),
        ("Europe/Berlin", "2026-03-29T01:59:00+00:00", time(4), "2026-03-28"),  # forward at 2:00
        ("Europe/Berlin", "2026-03-29T02:00:00+00:00", time(4), "2026-03-29"),
    ],
)
def test_a_day_begins_at_its_start(zone, instant, day_start, day):
    assert at(zone, instant, day_start).today().isoformat() == day


@pytest.mark.parametrize("day_start", [time(n // 2, 30 * (n % 2)) for n in range(12)])
@pytest.mark.parametrize(
    ("zone", "around"),
    [
        ("Europe/Berlin", "2026-10-25"),  # back
        ("Europe/Berlin", "2026-03-29"),  # forward
        ("Australia/Lord_Howe", "2026-04-05"),  # back by half an hour
        ("America/Sao_Paulo", "2018-02-18"),  # back at midnight, into the day before
        ("America/Sao_Paulo", "2018-11-04"),  # forward at midnight
    ],
)
def test_no_day_runs_backwards_where_the_clocks_change(zone, around, day_start):
    clock = Clock(ZoneInfo(zone), day_start=day_start)
    first = datetime.fromisoformat(f"{around}T00:00+00:00") - timedelta(hours=12)
    days = [clock.day_of(first + timedelta(minutes=10 * n)) for n in range(36 * 6)]
    assert days == sorted(days)
    assert len(set(days)) <= 3


@pytest.mark.parametrize("name", [None, "", "Nowhere/Land", "../../etc/passwd", "\0"])
def test_a_zone_that_is_none_means_the_systems(name):
    assert clock_in(name).zone is None


def test_the_systems_zone_has_the_name_that_its_link_leads_to(tmp_path, monkeypatch):
    monkeypatch.delenv("TZ", raising=False)
    localtime = tmp_path / "localtime"
    monkeypatch.setattr("prep.clock.LOCALTIME", localtime)
    named = {
        "/usr/share/zoneinfo/Europe/Berlin": "Europe/Berlin",
        "/var/db/timezone/zoneinfo/Asia/Tokyo": "Asia/Tokyo",
        "/usr/share/zoneinfo/Nowhere/Land": None,
        "/etc/other": None,
    }
    for target, name in named.items():
        localtime.unlink(missing_ok=True)
        localtime.symlink_to(target)
        zone = system_clock().zone
        assert (zone and zone.key) == name
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert system_clock().zone.key == "Asia/Kolkata"


def test_now_is_utc():
    local = datetime(2026, 1, 1, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert Clock(now=lambda: local).now() == datetime(2026, 1, 1, 0, 0, tzinfo=UTC)


def test_the_persons_clock_starts_days_when_they_say(db, clock):
    assert settings.clock(db, clock).day_start == Settings().day_start == Clock().day_start
    settings.change(db, clock, {"day_start": "05:30"})
    assert settings.clock(db, clock).day_start == time(5, 30)
    db.execute("UPDATE setting SET value = '\"noon\"' WHERE key = 'day_start'")
    assert settings.clock(db, clock).day_start == Settings().day_start


def begun(db, clock):
    Tracker(db, clock).set_status("L-01", "in_progress")
    return "SELECT started_on FROM progress WHERE question_id = 'L-01'"


def done(db, clock):
    Tracker(db, clock).edit({"L-01": {"status": "done"}})
    return "SELECT done_on FROM progress WHERE question_id = 'L-01'"


def answered(db, clock):
    answers.save(db, clock, "L-01", "An answer.")
    return "SELECT drafted_on FROM progress WHERE question_id = 'L-01'"


def read(db, clock):
    reading.mark_read(db, clock, "/system-design/classic/url-shortener/")
    return "SELECT read_on FROM reading"


def ended(db, clock):
    Tracker(db, clock).set_status("L-01", "in_progress")
    passes.begin(db, clock, ["L-01"], "First")
    return "SELECT ended_on FROM pass"


def counted(db, clock):
    time_spent.add(db, clock, "L-01", time_spent.READING, 60)
    return "SELECT day FROM time_spent"


def interviewed(db, clock):
    attempt = mock.start(db, clock, QUESTION, ["L-01"])
    mock.end(db, clock, attempt)
    mock_notes.rate(db, attempt, "L-01", 3)
    mock.finish(db, clock, attempt)
    return "SELECT done_on FROM attempt_question UNION SELECT day FROM time_spent"


@pytest.mark.parametrize("act", [begun, done, answered, read, ended, counted, interviewed])
@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-11-24T00:30:00", "2026-11-23"),
        ("2026-11-24T03:59:59", "2026-11-23"),
        ("2026-11-24T04:00:00", "2026-11-24"),
    ],
)
def test_whatever_is_done_late_belongs_to_the_day_that_ends(db, act, instant, day):
    sql = act(db, at("UTC", f"{instant}+00:00"))
    assert db.execute(sql).fetchall() == [(day,)]


def test_a_review_late_counts_for_the_day_that_ends(db):
    late = at("UTC", "2026-11-24T03:30:00+00:00")
    reviews.rate(db, late, "L-01", 4)
    assert review_queue.ratings_on(db, late, date(2026, 11, 23)) == {"L-01": [4]}
    noon = at("UTC", "2026-11-24T12:00:00+00:00")
    assert review_queue.ratings_on(db, noon, noon.today()) == {}


def test_what_is_after_today_is_after_the_persons_own(db):
    late, tomorrow = at("UTC", "2026-11-24T00:30:00+00:00"), date(2026, 11, 24)
    Tracker(db, late).edit({"L-01": {"moved_to": "2026-11-23"}})
    settings.change(db, late, {"target_on": "2026-11-23"})
    time_spent.enter(db, late, "L-01", 5, date(2026, 11, 23))
    for act in (
        lambda: time_spent.enter(db, late, "L-01", 5, tomorrow),
        lambda: Tracker(db, late).set_status("L-01", "done", on=tomorrow),
    ):
        with pytest.raises(InvalidDates, match="after today, 2026-11-23"):
            act()


def test_no_other_module_makes_a_day_of_an_instant():
    """What has no clock to ask cannot know the person's day."""
    of_content = {"library.py", "site_index.py"}  # dates that the site wrote
    bounds = {"backup.py", "readable.py"}  # in UTC, and said so
    for path in [*PREP.rglob("*.py"), *(PREP.parent / "pages").glob("*.py")]:
        if path.name in {"clock.py", *of_content, *bounds}:
            continue
        source = path.read_text()
        calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
        for called in (ast.unparse(call.func) for call in calls):
            assert called not in ("date.today", "datetime.today", "datetime.now.date"), path
            assert not ("astimezone" in called and called.endswith(".date")), path
        assert not any(sql in source for sql in ("date('now", "date(at)")), path


@pytest.mark.parametrize(("shows", "soon"), [(3, False), (3.97, True), (4, False), (23.99, False)])
def test_a_test_of_todays_day_waits_for_the_end_of_one_that_ends_soon(shows, soon):
    at = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=shows)
    assert ends_soon(Clock(UTC, now=lambda: at)) is soon
