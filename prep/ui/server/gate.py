"""What the server answers to someone who is not signed in: the sign-in page, and nothing else."""

from __future__ import annotations

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from prep.errors import NotAdmitted
from prep.ui.server import entrance
from prep.ui.server.hosts import refuse
from prep.ui.server.picture import PICTURE

# What draws the sign-in page and leads through it, what says that the server is up; and the page.
_OPEN = frozenset(
    {
        "_stcore/health",
        "_stcore/host-config",
        "_stcore/stream",
        "auth/login",
        "auth/logout",
        "oauth2callback",
        PICTURE.strip("/"),
    }
)
_OF_PAGES = frozenset({"GET", "HEAD"})
_NO_PAGE = frozenset({"_stcore", "media", "component", "app"})


class SignInMiddleware:
    """Refuses what only someone signed in may have: uploads, downloads, metrics, components."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that is open to all, or of someone who may enter."""
        if scope["type"] not in ("http", "websocket") or _is_open(scope) or _may_enter(scope):
            await self._app(scope, receive, send)
        else:
            await refuse(scope, receive, send, "Sign in first.\n")


def path_of(scope: Scope) -> str:
    """Return the path of a request, without the server's base path."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    path = scope["path"].lstrip("/")
    inside: str = path.removeprefix(f"{base}/").lstrip("/") if base else path
    return inside


def _is_open(scope: Scope) -> bool:
    path = path_of(scope)
    if path in _OPEN:
        return True
    is_page = scope["type"] == "http" and scope["method"] in _OF_PAGES
    return is_page and path.split("/", 1)[0] not in _NO_PAGE


def _may_enter(scope: Scope) -> bool:
    try:
        if entrance.is_on():
            entrance.admit(entrance.claims_of(HTTPConnection(scope).cookies))
    except NotAdmitted:
        return False
    return True
