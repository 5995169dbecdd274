"""What a click does is done whole, and after what was typed before it."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from prep.content.models import BEHAVIORAL
from prep.practice import mock, mock_notes
from prep.ui.server import callbacks


class Interrupted(Exception):
    """Raised, as Streamlit does, where a newer request waits."""


def interrupt():
    raise Interrupted


@pytest.fixture
def session_of_a_callback():
    """Return a session's state whose one callback looks at a value, and how often it ended."""

    class State(SessionState):
        def on_script_will_rerun(self, *_, **__):
            ended.append(state["typed"])

    ended = []
    plain = State()
    plain["typed"] = "words"
    state = SafeSessionState(plain, interrupt)
    return state, ended


def test_a_callback_runs_to_its_end_where_a_newer_request_waits(session_of_a_callback):
    state, ended = session_of_a_callback
    callbacks.run_to_their_end()
    state.on_script_will_rerun(None)
    assert ended == ["words"]
    with pytest.raises(Interrupted):  # the page's script itself makes way for the newer request
        state["typed"]


def request(**typed):
    """Return a request for a run, with what the browser says of its fields."""
    states = WidgetStates()
    for name, text in typed.items():
        states.widgets.add(id=name, string_value=text)
    return RerunData(widget_states=states)


def test_what_was_typed_reaches_the_run_where_the_page_is_left_before_it_began():
    callbacks.run_to_their_end()
    requests = ScriptRequests()
    requests.request_rerun(request(title="The migration", action="first"))
    requests.request_rerun(request(action="and then"))
    requests.request_rerun(request())  # a click in the menu: of the page's fields it says nothing
    states = requests.on_scriptrunner_ready().rerun_data.widget_states
    assert {state.id: state.string_value for state in states.widgets} == {
        "title": "The migration",
        "action": "and then",
    }


@pytest.mark.parametrize("button", ["finish", "back", "discard"])
def test_what_was_typed_is_kept_before_a_button_of_the_scores_acts(open_page, db, clock, button):
    attempt = mock.start(db, clock, BEHAVIORAL, ["L-01"])
    mock.end(db, clock, attempt)
    mock_notes.rate(db, attempt, "L-01", 3)
    test = open_page("mock")
    test.button(key=button).click()
    test.text_area(key=f"note-{attempt}-L-01").set_value("The last words")
    test.run()
    assert not test.exception
    state = db.execute("SELECT state FROM attempt WHERE id = ?", [attempt]).fetchone()[0]
    assert '"The last words"' in state
