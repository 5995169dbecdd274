"""Which backups stay: the newest, the last of days, weeks and months, whatever the clock says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from prep.store.own_files import Backup
from prep.store.retention import DAYS, MONTHS, NEWEST, WEEKS, kept

INSTANTS = st.datetimes(
    datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)
) | st.builds(
    lambda m: datetime(2026, 11, 23, tzinfo=UTC) + timedelta(minutes=m),
    st.integers(-500_000, 50_000),
)


@st.composite
def backups(draw):
    """Backups as they come about: some made before an earlier one was put back."""
    found = []
    for at in sorted(draw(st.lists(INSTANTS, unique=True, max_size=120))):
        restored = draw(st.sampled_from([*found, None, None])) if found else None
        found.append(Backup(Path(f"{at:%Y%m%dT%H%M%S%f}"), at, "asked", restored and restored.at))
    return found


def day(made):
    return made.at.date()


def week(made):
    return made.at.isocalendar()[:2]


def month(made):
    return made.at.year, made.at.month


@given(backups(), INSTANTS)
def test_the_newest_and_the_last_of_each_period_stay(found, now):
    stay = kept(found, now)
    assert stay <= set(found)
    past = [made for made in found if made.at <= now]
    assert set(past[-NEWEST:]) <= stay
    for period, number in ((day, DAYS), (week, WEEKS), (month, MONTHS)):
        lasts = {period(made): made for made in past}  # of each, the last written wins
        assert set(list(lasts.values())[-number:]) <= stay


@given(backups(), INSTANTS)
def test_the_one_just_made_stays(found, now):
    just_made = Backup(Path("now"), now, "asked")
    assert just_made in kept([*found, just_made], now)


@given(backups(), INSTANTS, INSTANTS)
def test_a_wrong_clock_pushes_nothing_out(found, right, wrong):
    found = [made for made in found if made.at <= right]
    assert kept(found, right) <= kept(found, wrong)


@given(backups(), INSTANTS)
def test_what_was_put_back_stays_as_long_as_what_was_there_before(found, now):
    stay = kept(found, now)
    by_instant = {made.at: made for made in found}
    rule = kept([Backup(made.path, made.at, made.reason) for made in found], now)
    for made in stay:
        if made.restored and made.path in {one.path for one in rule}:
            assert by_instant[made.restored] in stay


@given(backups(), INSTANTS)
def test_they_are_few_and_thinning_out_twice_is_thinning_out_once(found, now):
    stay = kept(found, now)
    assert len(stay) <= 2 * 2 * (NEWEST + DAYS + WEEKS + MONTHS)
    assert kept(stay, now) == stay


def test_of_a_year_each_hour_27_at_most_stay():
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    stay = set()
    for hour in range(365 * 24, -1, -1):
        at = now - timedelta(hours=hour)
        stay = kept([*stay, Backup(Path(f"{hour}"), at, "asked")], at)
        assert len(stay) <= NEWEST + DAYS + WEEKS + MONTHS
    days = sorted({made.at.date() for made in stay}, reverse=True)
    assert days[:7] == [(now - timedelta(days=n)).date() for n in range(7)]
    assert len({(made.at.year, made.at.month) for made in stay}) == 6
