"""Asks a middleware as a server does, without a server."""

import asyncio


def answer(middleware, path="/", *, method="GET", headers=(), kind="http"):
    """Return the status of the answer, its headers and body; None where it was passed on."""
    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "query_string": b"",
    }
    sent, passed_on = [], []

    async def app(scope, _receive, send):
        passed_on.append(scope)
        if kind == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"inside"})

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    asyncio.run(middleware(app)(scope, receive, send))
    return Answer(sent, bool(passed_on))


class Answer:
    """What was sent, and whether the application was asked."""

    def __init__(self, sent, is_passed_on):
        self.is_passed_on = is_passed_on
        self.sent = sent

    @property
    def status(self):
        return next(m["status"] for m in self.sent if m["type"] == "http.response.start")

    @property
    def headers(self):
        start = next(m for m in self.sent if m["type"] == "http.response.start")
        return dict(start["headers"])

    @property
    def body(self):
        return b"".join(m["body"] for m in self.sent if m["type"] == "http.response.body").decode()
