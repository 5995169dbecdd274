"""What a browser may load and run for these pages, told with each answer of the server.

The pages ask for nothing off the machine, whatever a text that they show would have them load:
the browser itself refuses what these rules leave out.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir


def _inline_scripts() -> list[str]:
    """Return the digests that allow the scripts of Streamlit's own page, and no others."""
    page = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    scripts = (part.partition("</script>")[0] for part in page.split("<script>")[1:])
    digests = (sha256(text.encode()).digest() for text in scripts)
    return [f"'sha256-{b64encode(digest).decode()}'" for digest in digests]


RULES = {
    "default-src": "'self'",
    "script-src": " ".join(["'self'", "blob:", *_inline_scripts()]),
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' data: blob:",
    "connect-src": "'self' blob:",  # a recording is drawn from the blob that holds it
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "frame-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
PERMISSIONS = "microphone=(self), camera=(), geolocation=()"
HEADERS = (
    (b"content-security-policy", "; ".join(" ".join(rule) for rule in RULES.items()).encode()),
    (b"permissions-policy", PERMISSIONS.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


class SecurityHeadersMiddleware:
    """Adds the rules to each answer of a server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the server does, with the rules."""

        async def send_with_rules(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                added = [pair for pair in HEADERS if pair[0] not in known]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, send_with_rules if scope["type"] == "http" else send)
