"""A visit to a Streamlit server without a browser: what is sent, how much, and how fast."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Subprotocol

_SUBPROTOCOL = "streamlit"
_RUN_ENDED = ForwardMsg.ScriptFinishedStatus.Name
_MOST_BYTES = 2**28


@dataclass
class Run:
    """One run of a script: `seconds` until it ended, `bytes` received, and its messages."""

    seconds: float = 0.0
    bytes: int = 0
    messages: list[ForwardMsg] = field(default_factory=list)

    @property
    def elements(self) -> list[tuple[Any, str]]:
        """The elements drawn, each with the id of its fragment (empty outside of any)."""
        return [
            (message.delta.new_element, message.delta.fragment_id)
            for message in self.messages
            if message.WhichOneof("type") == "delta"
            and message.delta.WhichOneof("type") == "new_element"
        ]

    def exceptions(self) -> list[str]:
        """Return the messages of the exceptions that the script showed."""
        return [
            e.exception.message for e, _ in self.elements if e.WhichOneof("type") == "exception"
        ]


class Visit:
    """A session on a server at `address` (`localhost:8501`), as a browser would have it.

    With `headers` (cookies, the origin) and the `token` that goes with their cookies; by way of
    `proxied`, where `address` is what the browser sees.
    """

    def __init__(
        self,
        address: str,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
        proxied: str | None = None,
    ) -> None:
        server = urlsplit(f"//{proxied or address}")
        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(
                f"ws://{address}/_stcore/stream",
                address=(server.hostname, server.port),
                proxy=None,
                additional_headers=headers,
                subprotocols=[Subprotocol(part) for part in (_SUBPROTOCOL, token) if part],
                max_size=_MOST_BYTES,
            )
        )
        self.session_id = ""
        self._page = ""
        self._hash = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def open(self, page: str = "", query: str = "") -> Run:
        """Run a page, by its path in the address; the default page for none."""
        self._page, self._hash = page, ""
        return self._run(query=query)

    def click(self, button: str, shown: Run) -> Run:
        """Press a button of `shown`, found by a part of its id (which holds its key)."""
        for element, fragment_id in shown.elements:
            if element.WhichOneof("type") == "button" and button in element.button.id:
                pressed = WidgetState(id=element.button.id, trigger_value=True)
                return self._run([pressed], fragment_id)
        raise LookupError(f"no button with {button!r} was drawn")

    def choose(self, control: str, place: int, shown: Run) -> Run:
        """Choose an option of a segmented control of `shown`, found by a part of its id."""
        for element, fragment_id in shown.elements:
            if element.WhichOneof("type") == "button_group" and control in element.button_group.id:
                chosen = WidgetState(id=element.button_group.id)
                option = element.button_group.options[place]
                text = f"{option.content_icon} {option.content}".strip()
                chosen.string_array_value.data.append(text)
                return self._run([chosen], fragment_id)
        raise LookupError(f"no control with {control!r} was drawn")

    def close(self) -> None:
        """End the visit."""
        self._open.close()

    def _run(
        self, states: Iterable[WidgetState] = (), fragment_id: str = "", query: str = ""
    ) -> Run:
        asked = BackMsg()
        state = asked.rerun_script
        state.page_name, state.page_script_hash = self._page, self._hash
        state.query_string, state.fragment_id = query, fragment_id
        state.context_info.timezone = "UTC"
        state.widget_states.widgets.extend(states)
        begin = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        run = self._until_finished()
        run.seconds = time.perf_counter() - begin
        return run

    def _until_finished(self) -> Run:
        run = Run()
        while True:
            data = self._socket.recv(timeout=120)
            message = ForwardMsg.FromString(data)
            run.bytes += len(data)
            run.messages.append(message)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._hash = message.new_session.page_script_hash
                self.session_id = message.new_session.initialize.session_id
            if kind == "script_finished" and "SUCCESSFULLY" in _RUN_ENDED(message.script_finished):
                return run
