"""Uploaded files are bounded for each session, and let go of."""

from types import SimpleNamespace

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from prep.errors import InvalidValue
from prep.ui.server import uploads
from prep.ui.server.uploads import UploadLimitMiddleware
from tests.ui.server.asgi import answer


@pytest.fixture
def manager(monkeypatch):
    """What holds the uploads; the session that is there is called `here`."""
    made = MemoryUploadedFileManager("/upload")

    class Runtime:
        def is_active_session(self, session):
            return session == "here"

    monkeypatch.setattr(uploads, "_manager", lambda: made)
    monkeypatch.setattr(uploads.runtime, "get_instance", Runtime)
    monkeypatch.setattr(uploads.st, "get_option", lambda name: 1 if "Size" in name else "")
    return made


def put(manager, session, name, size=10):
    record = UploadedFileRec(file_id=name, name=name, type="", data=b"x" * size)
    manager.add_file(session, record)


def held(manager, session="here"):
    return list(manager.file_storage.get(session, {}))


def ask(manager, file, session="here"):
    return answer(UploadLimitMiddleware, f"/_stcore/upload_file/{session}/{file}", method="PUT")


def test_older_files_make_room_for_a_new_one(manager):
    for name in ("a", "b", "c"):
        put(manager, "here", name, size=600_000)
    assert ask(manager, "c").is_passed_on
    assert held(manager) == ["c"]


def test_as_many_stay_as_there_are_places_for(manager):
    for name in ("a", "b", "c"):
        put(manager, "here", name)
    ask(manager, "c")
    assert held(manager) == ["b", "c"]


def test_the_files_of_a_session_that_is_gone_are_let_go_of(manager):
    put(manager, "gone", "a")
    put(manager, "here", "b")
    answer(UploadLimitMiddleware, kind="websocket")
    assert (held(manager, "gone"), held(manager)) == ([], ["b"])


def test_other_requests_pass(manager):
    put(manager, "gone", "a")
    assert answer(UploadLimitMiddleware, "/", method="GET").is_passed_on
    assert held(manager, "gone") == ["a"]


def test_a_file_that_was_let_go_of_is_asked_for_again(monkeypatch):
    monkeypatch.setattr(uploads.st, "session_state", {})
    with pytest.raises(InvalidValue, match="choose it again"):
        uploads.chosen("upload")


def test_what_is_taken_is_let_go_of(manager, monkeypatch):
    put(manager, "here", "talk")
    file = UploadedFile(manager.get_files("here", ["talk"])[0], FileURLs())
    monkeypatch.setattr(uploads.st, "session_state", {"recorder": file})
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: SimpleNamespace(session_id="here"))
    assert uploads.take("recorder") == b"x" * 10
    assert held(manager) == []
    assert uploads.take("another") is None
