"""Prep's picture and its address, which is open before signing in.

What Streamlit holds in memory for a page, pictures included, is not; and a Material icon as the
page's icon would be fetched from the network by the browser.
"""

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

PICTURE = "/app/static/prep.png"  # below what Streamlit takes for an address of the server's own
_FILE = Path(__file__).parents[1] / "static" / "favicon.png"


def route() -> Route:
    """Return the route that answers with the picture."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return Route(f"/{base}{PICTURE}" if base else PICTURE, _send)


async def _send(_request: Request) -> FileResponse:
    return FileResponse(_FILE)
