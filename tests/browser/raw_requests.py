"""Requests as no browser would send them: with any `Host`, `Origin` and path."""

import socket
from collections.abc import Iterable, Mapping
from unittest.mock import MagicMock
from urllib.parse import urlsplit

from starlette.routing import Route
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}


def ask(
    server: str,
    hosts: str | Iterable[str],
    path: str = "/_stcore/health",
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
) -> int:
    """Return the status that a server answers a request with; 101 where a WebSocket is opened."""
    named = [f"Host: {host}" for host in ([hosts] if isinstance(hosts, str) else hosts)]
    others = [f"{name}: {value}" for name, value in (headers or {}).items()]
    lines = [f"{method} {path} HTTP/1.1", *named, *others, "", ""]
    at = urlsplit(server)
    with socket.create_connection((at.hostname, at.port), timeout=120) as connection:
        connection.sendall("\r\n".join(lines).encode("latin-1"))
        with connection.makefile("rb") as answer:
            return int(answer.readline().split()[1])


def open_websocket(server: str, host: str, origin: str | None = None) -> int:
    """Return the status that a server answers the opening of a WebSocket with."""
    headers = UPGRADE | ({"Origin": origin} if origin is not None else {})
    return ask(server, host, "/_stcore/stream", headers=headers)


def routes() -> list[tuple[str, str]]:
    """Return method and path of all that Streamlit's server has an answer for, but its files."""
    found = [route for route in create_streamlit_routes(MagicMock()) if isinstance(route, Route)]
    return sorted(
        (method, route.path.replace("{file_id:path}", "x.png").replace("{path:path}", "x/y.js"))
        for route in found
        for method in route.methods or ()
    )
