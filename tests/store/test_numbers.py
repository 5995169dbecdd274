"""The numbers that people read: given once, and the same on every device."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.errors import InvalidValue
from prep.practice import mock, mock_notes, past_attempts, stories
from prep.progress import time_spent
from prep.store import change_keys, change_list, numbers, snapshots, undo_redo
from tests.exchange.conftest import devices  # noqa: F401 (a fixture)

LABELS = st.sampled_from(["ST-001", "ST-002", "ST-003", "X-001", "MI-001"])
GIVEN = st.dictionaries(st.integers(0, 99).map(lambda n: change_keys.made_of(n, 0, n)), LABELS)


@given(GIVEN)
def test_each_thing_has_a_number_of_its_own(given_labels):
    settled = numbers._settled(given_labels)
    assert settled.keys() == given_labels.keys()
    assert len(set(settled.values())) == len(settled)
    for key, label in settled.items():
        assert label.split("-")[0] == given_labels[key].split("-")[0]


@given(GIVEN)
def test_the_earliest_keeps_its_number(given_labels):
    settled = numbers._settled(given_labels)
    for label in set(given_labels.values()):
        first = min(key for key, given in given_labels.items() if given == label)
        assert settled[first] == label


def test_the_later_gets_the_next_free_one(devices):  # noqa: F811
    laptop, phone, _ = devices
    for title in ("First", "Second"):
        stories.save(laptop.db, laptop.clock, {"title": title})
    phone.now = laptop.now
    for title in ("Third", "Fourth", "Fifth"):
        stories.save(phone.db, phone.clock, {"title": title})
    exported = phone.export()
    phone.take_in(laptop.export())
    laptop.take_in(exported)
    for device in (laptop, phone):
        found = {story.id: story.title for story in stories.list_stories(device.db)}
        assert found == {
            "ST-001": "First",
            "ST-002": "Second",
            "ST-003": "Fifth",
            "ST-004": "Third",
            "ST-005": "Fourth",
        }
        assert stories.save(device.db, device.clock, {"title": "Next"}) == "ST-006"


def test_what_hangs_on_a_number_goes_with_it(devices):  # noqa: F811
    laptop, phone, _ = devices
    for device, minutes in ((laptop, 20), (phone, 30)):
        phone.now = laptop.now
        attempt = mock.start(device.db, device.clock, "question", ["L-01"])
        mock.end(device.db, device.clock, attempt)
        mock_notes.rate(device.db, attempt, "L-01", 3)
        device.db.execute(
            "UPDATE attempt SET state = json_set(state, '$.seconds', json_object('L-01', ?))",
            [60 * minutes],
        )
        mock.finish(device.db, device.clock, attempt)
    laptop.take_in(phone.export())
    assert time_spent.of_question(laptop.db, "L-01") == {"mock": 50.0}
    seconds = {row.attempt_id: row.seconds for row in past_attempts.list_answers(laptop.db)}
    assert seconds == {"MI-001": 1200, "MI-002": 1800}
    undo_redo.undo(laptop.db, laptop.clock)
    assert time_spent.of_question(laptop.db, "L-01") == {"mock": 20.0}


def test_a_page_from_before_does_not_write_under_a_number_that_is_another_now(devices):  # noqa: F811
    laptop, phone, _ = devices
    stories.save(laptop.db, laptop.clock, {"title": "The laptop's"})
    phone.now = laptop.now
    here = stories.save(phone.db, phone.clock, {"title": "The phone's"})
    seen = snapshots.Snapshot(change_list.data_version(phone.db))
    phone.take_in(laptop.export())
    with snapshots.detect_conflicts(seen), pytest.raises(InvalidValue, match="ST-001 is another"):
        stories.save(phone.db, phone.clock, {"metric": "2 → 30"}, here)
    with snapshots.detect_conflicts(snapshots.Snapshot(change_list.data_version(phone.db))):
        stories.save(phone.db, phone.clock, {"metric": "2 → 30"}, "ST-002")
    found = {story.title: story.metric for story in stories.list_stories(phone.db)}
    assert found == {"The laptop's": "", "The phone's": "2 → 30"}
