"""What a person types into stays in its place on the page, whatever is said above it.

The browser tells elements by their places: one that comes to another place while a page is drawn
slowly is taken away and made anew, and with it goes what was typed there and not handed over yet.
"""

import pytest
from streamlit.testing.v1.element_tree import Block

from prep.clock import Clock
from prep.practice import mock
from prep.progress.tracker import Tracker


def place(block, key):
    """Return the way from a block of the page to the widget with this key, None without one."""
    for index, child in block.children.items():
        if getattr(child, "key", None) == key and not isinstance(child, Block):
            return (index,)
        below = place(child, key) if isinstance(child, Block) else None
        if below is not None:
            return (index, *below)
    return None


def question(_db):
    return "question", {"id": "L-01", "view": "details"}, "personal_notes-L-01"


def interview(db):
    attempt = mock.start(db, Clock(), "question", ["L-01"])
    return "mock", {}, f"note-{attempt}-L-01"


def wrote(test, _db, key):
    test.text_area(key=key).set_value("typed").run()


def was_refused(test, db, _key):
    Tracker(db, Clock()).edit({"L-02": {"personal_notes": "from the phone"}})
    test.button(key="undo").click().run()
    assert "made elsewhere" in test.error[0].value


def was_changed_elsewhere(test, db, _key):
    Tracker(db, Clock()).edit({"L-02": {"personal_notes": "from the phone"}})
    test.session_state["seen"].version = 0
    db.execute(
        "INSERT INTO conflict (write, at, subject, subject_id, field, there, mine, is_unseen)"
        " VALUES ('w', '2026-11-26T00:00:00+00:00', 'question', 'L-02', 'personal_notes',"
        " '\"\"', '\"from the laptop\"', 1)"
    )
    db.conn.commit()
    test.run()
    assert test.button(key="use-mine")


def undid(test, db, _key):
    Tracker(db, Clock()).edit({"L-02": {"confidence": 3}})
    test.run()
    test.button(key="undo").click().run()


@pytest.mark.parametrize("page", [question, interview])
@pytest.mark.parametrize("act", [wrote, was_refused, was_changed_elsewhere, undid])
def test_what_is_typed_into_stays_in_its_place(open_page, db, page, act):
    name, query, key = page(db)
    test = open_page(name, **query)
    before = place(test.main, key)
    assert before is not None
    act(test, db, key)
    assert not test.exception
    assert place(test.main, key) == before
