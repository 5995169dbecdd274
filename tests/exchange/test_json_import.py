"""What no Prep exported is refused in one line, before it changes anything."""

import json

import pytest

from prep.errors import ExportFormatError, PrepError
from prep.store import change_keys
from tests.exchange.device import live

PACKED = {"keeps": [9, 9], "text": ""}  # of a text that was not there
KEY, LATER, LAST = (change_keys.made_of(10**12 + n, 0, 0) for n in range(3))
TOO_LATE = change_keys.made_of(2**43, 0, 0)


def said(**changed):
    """Return a change as an export has it, that says nothing."""
    row = {"key": KEY, "device": None, "at": "2026-01-01T00:00:00+00:00", "fields": []}
    return row | changed


def broken(**changed):
    def change(data):
        return json.dumps(json.loads(data) | changed).encode()

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data[: len(data) // 2], "no JSON that can be read"),
        (lambda data: b"\xff\xfe" + data, "no JSON that can be read"),
        (lambda data: b"[" * 100_000, "no JSON that can be read"),
        (lambda data: b'{"format": NaN}', "no JSON that can be read"),
        (lambda data: b"[]", "no export of Prep"),
        (lambda data: b" " * 50_000_001, "larger than"),
        (broken(format="grind"), "no export of Prep"),
        (broken(version=3), "update Prep"),
        (broken(changes={}), "changes is missing or no list"),
        (broken(questions={"Z": "no id"}), "what no export does"),
        (broken(questions={"L-01": 1}), "what no export does"),
        (broken(numbers={"1": "ST-001"}), "what no export does"),
        (broken(numbers={KEY: "L-01"}), "what no export does"),
        (broken(times={"L-01#reading#today": 1}), "what no export does"),
        (broken(times={"L-01#reading#2026-11-02": -1}), "what no export does"),
        (broken(changes=[1]), "what no export does"),
        (broken(changes=[said(at="now")]), "what no export does"),
        (broken(changes=[said(at="2026-01-01T00:00:00")]), "no time zone"),
        (broken(changes=[said(key="1")]), "what no export does"),
        (broken(changes=[said(key=TOO_LATE)]), "what no export does"),
        (broken(changes=[said(), said()]), "what no export does"),
        (broken(changes=[said(device="me")]), "what no export does"),
        (broken(changes=[said(undoes=KEY)]), "what no export does"),
        (
            broken(changes=[said(), said(key=LATER, undoes=KEY), said(key=LAST, undoes=LATER)]),
            "what no export does",
        ),
        (
            broken(changes=[said(fields=[["question", "L-01", "status", "done"]])]),
            "what no export does",
        ),
        (
            broken(changes=[said(fields=[["question", "L-01", "status", "done", "todo"]])]),
            "does not fit",
        ),
        (
            broken(changes=[said(fields=[["question", "L-01", "a; DROP", "done", "todo"]])]),
            "does not fit",
        ),
        (broken(changes=[said(fields=[["setting", "a", "value", 10**30, None]])]), "does not fit"),
        (
            broken(changes=[said(fields=[["answer", "L-01", "body", PACKED, ""]])]),
            "what no export does",
        ),
        (broken(changes=[said(fields=[["nothing", "a", "value", 1, None]])]), "does not fit"),
        (broken(changes=[said(fields=[["card", "L-999", "card", None, "{}"]])]), "does not say"),
    ],
)
def test_what_is_no_export_is_refused_in_one_line(devices, change, why):
    laptop, phone, _ = devices
    live(laptop)
    before = "\n".join(phone.db.conn.iterdump())
    with pytest.raises(ExportFormatError, match=why) as refusal:
        phone.take_in(change(laptop.export()))
    assert "\n" not in str(refusal.value)
    assert isinstance(refusal.value, PrepError)
    assert "\n".join(phone.db.conn.iterdump()) == before
