"""A database that cannot be used: what is wrong, and the ways on."""

import pytest

from prep.store import backups
from tests.pages.conftest import texts


@pytest.fixture
def damaged(db_path, db, tracker):
    """Return a function that damages the file, after a backup of it where asked."""

    def damage(*, backed_up):
        tracker.set_status("L-01", "done")
        if backed_up:
            backups.automatic(db_path, "asked")
        db.close()
        for beside in db_path.parent.glob("prep.db-*"):
            beside.unlink()
        db_path.write_bytes(b"no database at all " * 1000)

    return damage


def test_without_a_backup_it_says_what_is_wrong(open_page, damaged):
    damaged(backed_up=False)
    page = open_page("today")
    assert "prep\\.db" in page.error[0].value
    assert "There is no sound backup of it." in texts(page)
    assert [button.key for button in page.main.button] == ["try-again"]


def test_the_newest_backup_is_put_back_and_what_was_is_kept(open_page, damaged, db_path):
    damaged(backed_up=True)
    page = open_page("today")
    page.button(key="put-newest-back").click().run()
    assert "The backup is back." in page.success[0].value
    assert "damaged" in page.success[0].value
    assert not page.error
    assert list(db_path.parent.glob("prep.db.damaged*"))
    page.run()
    assert not page.success
