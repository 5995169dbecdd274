"""A request for a run is answered whole, whenever it comes."""

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

from prep.ui.server import late_requests


class Loop:
    """An event loop whose time the test tells to pass."""

    def __init__(self):
        self.later = []

    def call_later(self, _seconds, callback, *arguments):
        self.call_soon(callback, *arguments)

    def call_soon(self, callback, *arguments):
        self.later.append(lambda: callback(*arguments))

    def turn(self):
        for callback in [self.later.pop(0) for _ in list(self.later)]:
            callback()


class Runner:
    def __init__(self, state):
        self._requests = self
        self._state = state


class Session:
    def __init__(self):
        self._scriptrunner = None
        self._event_loop = Loop()
        self._pages_manager = self
        self.main_script_hash = "router"


@pytest.fixture
def passed_on(monkeypatch):
    """Return what Streamlit was asked for: the page, and the part of it."""
    asked = []
    monkeypatch.setattr(
        late_requests,
        "_request_rerun",
        lambda _session, state: asked.append(
            (state.page_script_hash + state.query_string, state.fragment_id)
        ),
    )
    return asked


def ask(session, page, part="", query="", fields=(), **more):
    state = ClientState(page_script_hash=page, fragment_id=part, query_string=query, **more)
    for name in fields:
        state.widget_states.widgets.add().id = name
    late_requests._request_in_turn(session, state)


def begin_to_draw(session, page, monkeypatch):
    monkeypatch.setattr(late_requests, "_new_session_message", lambda *_: ForwardMsg())
    late_requests._begin_to_draw(session, page, None, None)


def test_what_comes_while_a_run_is_ending_waits_for_its_end_in_turn(passed_on):
    session = Session()
    session._scriptrunner = Runner(ScriptRequestType.STOP)
    ask(session, "question", "notes")
    ask(session, "question", "undo")
    session._event_loop.turn()
    assert passed_on == []
    session._scriptrunner = None  # all that it drew is on its way
    session._event_loop.turn()
    assert passed_on == [("question", "notes"), ("question", "undo")]
    assert session._event_loop.later == []
    ask(session, "question", "notes")
    assert len(passed_on) == 3


def test_a_request_that_fails_holds_up_none_behind_it(passed_on, monkeypatch):
    session = Session()
    session._scriptrunner = Runner(ScriptRequestType.STOP)
    ask(session, "question", "notes")
    ask(session, "question", "undo")
    session._scriptrunner = None
    takes = late_requests._request_rerun

    def takes_the_next(*_):
        monkeypatch.setattr(late_requests, "_request_rerun", takes)
        raise ValueError("no such request")

    monkeypatch.setattr(late_requests, "_request_rerun", takes_the_next)
    with pytest.raises(ValueError, match="no such request"):
        session._event_loop.turn()
    session._event_loop.turn()
    ask(session, "question", "star")
    assert passed_on == [("question", "undo"), ("question", "star")]


def test_what_comes_while_a_run_goes_on_is_passed_on_at_once(passed_on):
    session = Session()
    session._scriptrunner = Runner(ScriptRequestType.CONTINUE)
    ask(session, "question", "notes")
    assert passed_on == [("question", "notes")]


def test_a_part_of_a_page_that_was_left_is_a_request_for_the_one_that_is_open(passed_on):
    session = Session()
    ask(session, "question", "notes")  # nothing is known of the page that was open first
    ask(session, "coverage", query="?by=phase")
    ask(session, "question", "notes", query="?id=L-01")
    ask(session, "coverage", "chart")
    assert passed_on == [
        ("question", "notes"),
        ("coverage?by=phase", ""),
        ("coverage?by=phase", ""),
        ("coverage", "chart"),
    ]


def test_a_field_of_the_page_that_was_left_does_not_lead_back_to_it(passed_on):
    session = Session()
    ask(session, "sheets", query="?q=a", fields=["undo"])
    ask(session, "sheets", query="?q=ab", fields=["undo", "words", "table"])
    ask(session, "coverage", fields=["undo"])
    ask(session, "sheets", query="?q=ab", fields=["undo", "words", "table"])  # spoke up late
    assert passed_on[-1] == ("coverage", "")
    ask(session, "coverage", query="?by=phase", fields=["undo", "by"])  # the browser shows it
    ask(session, "sheets", fields=["undo"])
    assert passed_on[-2:] == [("coverage?by=phase", ""), ("sheets", "")]


def test_who_asks_for_the_page_before_once_more_gets_it(passed_on):
    session = Session()
    ask(session, "sheets", fields=["undo"])
    ask(session, "coverage", fields=["undo"])
    for _ in range(2):
        ask(session, "sheets", fields=["undo", "a conflict's text"])
    assert passed_on[-2:] == [("coverage", ""), ("sheets", "")]


def test_a_part_of_a_visits_first_page_says_which_it_is(passed_on):
    session = Session()
    ask(session, "", query="?id=L-01")
    ask(session, "question", "status")
    ask(session, "coverage")
    ask(session, "question", "status")
    assert passed_on[-3:] == [("question", "status"), ("coverage", ""), ("coverage", "")]


@pytest.mark.parametrize(
    "how", [{"fields": ["undo"]}, {"fields": ["undo", "by"], "is_history_navigation": True}]
)
def test_the_person_may_go_back_at_once(passed_on, how):
    session = Session()
    ask(session, "sheets", fields=["undo", "words"])
    ask(session, "coverage", fields=["undo"])
    ask(session, "sheets", **how)
    assert passed_on[-1] == ("sheets", "")


def test_a_page_to_which_the_server_turned_is_the_open_one(passed_on, monkeypatch):
    session = Session()
    ask(session, "")
    begin_to_draw(session, "router", monkeypatch)
    ask(session, "today", "card")
    begin_to_draw(session, "question", monkeypatch)
    ask(session, "question", "status", query="?id=L-01")
    assert passed_on == [("", ""), ("today", "card"), ("question?id=L-01", "status")]


def test_a_part_of_the_page_before_draws_the_one_to_which_the_server_turned(passed_on, monkeypatch):
    session = Session()
    session._client_state = ClientState(page_script_hash="question", query_string="?id=L-01")
    ask(session, "today")
    begin_to_draw(session, "question", monkeypatch)
    ask(session, "today", "card")
    assert passed_on[-1] == ("question?id=L-01", "")


def delta(*path, text, part=""):
    """Return a message with which a run draws a text at a place of the page."""
    message = ForwardMsg()
    message.metadata.delta_path.extend(path)
    message.delta.new_element.text.body = text
    message.delta.fragment_id = part
    return message


def test_what_a_run_drew_is_sent_though_the_next_run_of_the_same_part_begins():
    """The next one may be ended by a callback of its own before it draws anything."""
    session = Session()
    session._browser_queue = ForwardMsgQueue()
    session._browser_queue.enqueue(delta(0, 1, text="first", part="status"))
    late_requests._send_all(session, ["status"])
    session._browser_queue.enqueue(delta(0, 1, text="second", part="status"))
    sent = [message.delta.new_element.text.body for message in session._browser_queue.flush()]
    assert sent == ["first", "second"]


def test_it_takes_the_place_of_what_streamlit_does():
    late_requests.answer_whole()
    assert AppSession._clear_queue is late_requests._send_all
    assert AppSession.request_rerun is late_requests._request_in_turn
    assert AppSession._create_new_session_message is late_requests._begin_to_draw
