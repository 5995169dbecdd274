"""A text area writes what is typed, and nothing that it merely shows."""

from prep.store import change_list


def notes(page):
    return next(e for e in page.text_area if e.label == "My notes")


def test_what_is_typed_is_written(open_page, db, tracker):
    page = open_page("question", id="L-01", view="details")
    notes(page).set_value("the Lisbon story").run()
    assert tracker.state("L-01").personal_notes == "the Lisbon story"


def test_what_is_shown_is_not_written(open_page, db, tracker):
    tracker.edit({"L-01": {"personal_notes": "old"}})
    before = change_list.data_version(db)
    page = open_page("question", id="L-01", view="details")
    assert notes(page).value == "old"
    page.run()
    assert change_list.data_version(db) == before


def test_it_takes_no_more_than_is_kept(open_page, db):
    assert notes(open_page("question", id="L-01", view="details")).proto.max_chars == 10_000
