"""Where a database lies, and where none can."""

import stat

import pytest

from prep.errors import DatabaseError
from prep.store import places


def test_a_link_is_followed_and_one_that_leads_nowhere_is_refused(tmp_path):
    (tmp_path / "disk").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "disk")
    assert places.place_of(link / "prep.db") == tmp_path / "disk" / "prep.db"
    (tmp_path / "disk").rmdir()
    with pytest.raises(DatabaseError, match="which is not there: make that reachable"):
        places.place_of(link / "prep.db")


@pytest.mark.parametrize("name", [":memory:", "", "x" * 300])
def test_what_is_no_place_is_refused(tmp_path, name):
    with pytest.raises(DatabaseError):
        places.refuse_no_place(tmp_path.joinpath(name) if name else tmp_path.__class__(""))


def test_a_place_is_made_for_its_owner_alone(tmp_path):
    path = tmp_path / "new" / "prep.db"
    places.make_place(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseError, match="the folder cannot be made") as refused:
        places.make_folder(tmp_path / "file" / "folder")
    assert "\n" not in str(refused.value)
