"""Each answer tells the browser what it may load."""

from prep.ui.server import security_headers
from prep.ui.server.security_headers import RULES, SecurityHeadersMiddleware
from tests.ui.server.asgi import answer


def test_each_answer_has_the_rules():
    headers = answer(SecurityHeadersMiddleware).headers
    assert headers[b"content-security-policy"].startswith(b"default-src 'self'; ")
    assert headers[b"referrer-policy"] == b"no-referrer"
    assert headers[b"x-content-type-options"] == b"nosniff"


def test_nothing_is_loaded_from_elsewhere():
    words = {word for rule in RULES.values() for word in rule.split()}
    assert not [word for word in words if "://" in word or word in ("*", "https:", "http:")]
    assert "'unsafe-eval'" not in words
    assert "'unsafe-inline'" not in RULES["script-src"]


def test_a_microphone_may_be_used_by_these_pages_alone_and_what_it_recorded_be_drawn():
    headers = answer(SecurityHeadersMiddleware).headers
    assert b"microphone=(self)" in headers[b"permissions-policy"]
    assert "blob:" in RULES["connect-src"]
    assert "blob:" in RULES["media-src"]


def test_the_scripts_of_streamlits_own_page_are_allowed():
    digests = security_headers._inline_scripts()
    assert digests
    assert all(digest in RULES["script-src"] for digest in digests)


def test_what_the_server_says_itself_stays(monkeypatch):
    monkeypatch.setattr(security_headers, "HEADERS", ((b"content-type", b"other"),))

    def told(app):
        async def inner(scope, receive, send):
            async def send_typed(message):
                if message["type"] == "http.response.start":
                    message = {**message, "headers": [(b"Content-Type", b"text/plain")]}
                await send(message)

            await app(scope, receive, send_typed)

        return SecurityHeadersMiddleware(inner)

    assert answer(told).headers == {b"Content-Type": b"text/plain"}
    assert answer(SecurityHeadersMiddleware).headers == {b"content-type": b"other"}


def test_a_websocket_is_left_alone():
    assert answer(SecurityHeadersMiddleware, kind="websocket").is_passed_on
