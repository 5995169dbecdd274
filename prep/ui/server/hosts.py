"""The addresses under which the server may be reached: its own.

A page of another site can have its name resolved to 127.0.0.1, and then query this server as if it
were that site's own (DNS rebinding). The `Host` header gives it away.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from prep import accounts
from prep.errors import NotAdmitted
from prep.ui.server import entrance

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(:[0-9]{1,5})?")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_REFUSAL = (
    "This is not an address of Prep. Open http://localhost:{port}, or name the host in"
    " browser.serverAddress or server.allowedHosts (docs/deploy.md).\n"
)


class HostCheckMiddleware:
    """Refuses requests to another host, or from a page of another origin."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of one of the server's own addresses."""
        if scope["type"] not in ("http", "websocket") or _is_for_us(scope):
            await self._app(scope, receive, send)
        else:
            await refuse(scope, receive, send, _REFUSAL.format(port=st.get_option("server.port")))


async def refuse(scope: Scope, receive: Receive, send: Send, why: str) -> None:
    """Answer a request with 403 and one line; close a WebSocket before it is open."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
    else:
        await PlainTextResponse(why, status_code=403)(scope, receive, send)


def is_ours(host: str) -> bool:
    """Whether a `Host` names this server.

    Numeric addresses cannot be rebound: a page of theirs comes from the machine itself. They are
    taken where the server listens to more than its own machine, for checks of its health, say.
    """
    found = _HOST.fullmatch(host)
    if not found:
        return False
    name = found[1].strip("[]").lower().rstrip(".")
    if accounts.is_loopback(name) or any(_fits(name, allowed) for allowed in _names()):
        return True
    return _is_numeric(name) and not accounts.is_loopback(st.get_option("server.address"))


def _is_for_us(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    if len(hosts) != 1 or len(origins) > 1 or not is_ours(hosts[0]):
        return False
    is_safe = scope["type"] == "http" and scope["method"] in _SAFE_METHODS
    return is_safe or not origins or _is_own_origin(origins[0], hosts[0])


def _is_own_origin(origin: str, host: str) -> bool:
    """Whether a page of this origin is one of this server's, or of one that the operator named."""
    if origin in st.get_option("server.corsAllowedOrigins") or origin == _sign_in_origin():
        return True
    return urlsplit(origin).netloc.lower() == host.lower()


def _names() -> Iterator[str]:
    """Yield the names that the settings and the secrets give the server, `*.example.org` too."""
    configured = [st.get_option("server.address"), st.get_option("browser.serverAddress")]
    origin = _sign_in_origin()
    for name in (*configured, *st.get_option("server.allowedHosts")):
        if name:
            yield name.strip().strip("[]").lower().rstrip(".")
    if origin:
        yield urlsplit(origin).hostname or ""


def _fits(name: str, allowed: str) -> bool:
    if allowed.startswith("*."):
        return name.endswith(allowed[1:])
    return allowed in ("*", name)


def _sign_in_origin() -> str | None:
    try:
        return entrance.origin() if entrance.is_on() else None
    except NotAdmitted:
        return None


def _is_numeric(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
