"""Reading an article, and taking notes beside it."""

from prep.progress import reading
from prep.store import undo_redo


def test_read_opens_an_article_and_marks_it_read(open_page, db):
    permalink = "/system-design/classic/url-shortener/"
    test = open_page("read", article=permalink)
    assert "URL Shortener" in test.title[0].value
    test.button(key="mark-read").click().run()
    assert db.execute("SELECT permalink FROM reading WHERE read_on IS NOT NULL").fetchall() == [
        (permalink,)
    ]
    assert test.button(key="mark-read").label == "Mark as unread"
    assert undo_redo.last_undoable(db) is not None


def test_notes_on_a_section_are_written_beside_it(open_page, db):
    permalink = "/system-design/classic/url-shortener/"
    test = open_page("read", article=permalink, notes="true")
    test.text_area(key=f"note-{permalink}#1-hook").set_value("remember this").run()
    assert reading.section_notes(db, permalink) == {"1-hook": "remember this"}
