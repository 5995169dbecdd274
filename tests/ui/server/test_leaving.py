"""What was asked for is done, though the browser is gone."""

import pytest
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import ActiveSessionInfo
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from prep.ui.server import leaving


class Session:
    def __init__(self, is_resumable):
        self.id, self.stops, self._is_resumable = "one", 0, is_resumable

    def request_script_stop(self):
        self.stops += 1

    def is_resumable(self):
        return self._is_resumable

    def disconnect_file_watchers(self):
        """Have none."""

    def clear_session_caches(self):
        """Have none."""

    def shutdown(self):
        self.request_script_stop()


@pytest.fixture
def manager():
    class Scripts:
        def clear(self):
            """Have none."""

    leaving.finish_what_was_asked()
    return WebsocketSessionManager(MemorySessionStorage(), None, Scripts(), None)


def disconnected(manager, session):
    manager._active_session_info_by_id[session.id] = ActiveSessionInfo(None, session)
    manager.disconnect_session(session.id)
    assert not manager.is_active_session(session.id)
    return session


def test_a_run_goes_on_where_the_browser_is_gone(manager):
    session = disconnected(manager, Session(is_resumable=True))
    assert session.stops == 0
    session.shutdown()
    assert session.stops == 1


def test_it_is_stopped_where_the_person_signed_out(manager):
    assert disconnected(manager, Session(is_resumable=False)).stops == 2


def test_a_session_that_is_no_more_is_none_of_its_business(manager):
    manager.disconnect_session("another")
