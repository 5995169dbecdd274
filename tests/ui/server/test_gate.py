"""Who is not signed in gets the way in, and nothing else."""

import pytest

from prep.errors import NotSignedIn
from prep.ui.server import entrance, gate
from tests.ui.server.asgi import answer


@pytest.fixture
def outside(monkeypatch):
    """Sign-in is on, and nobody is signed in."""

    def admit(_claims):
        raise NotSignedIn("Sign in to see your progress.")

    monkeypatch.setattr(entrance, "is_on", lambda: True)
    monkeypatch.setattr(entrance, "claims_of", lambda cookies: cookies)
    monkeypatch.setattr(entrance, "admit", admit)


@pytest.mark.parametrize(
    "path", ["/", "/question", "/_stcore/health", "/auth/login", "/oauth2callback", "//", "/x/y"]
)
def test_pages_and_the_way_in_are_open(outside, path):
    assert answer(gate.SignInMiddleware, path).is_passed_on


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/upload_file/a/b", "/media/a", "/component/x", "/app/static/a"],
)
def test_the_rest_is_refused(outside, path):
    found = answer(gate.SignInMiddleware, path)
    assert (found.status, found.body, found.is_passed_on) == (403, "Sign in first.\n", False)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_nothing_is_written_to_a_page(outside, method):
    assert answer(gate.SignInMiddleware, "/", method=method).status == 403


def test_who_is_signed_in_gets_all(outside, monkeypatch):
    monkeypatch.setattr(entrance, "admit", lambda claims: claims)
    assert answer(gate.SignInMiddleware, "/_stcore/metrics").is_passed_on


def test_without_sign_in_all_is_open(monkeypatch):
    monkeypatch.setattr(entrance, "is_on", lambda: False)
    assert answer(gate.SignInMiddleware, "/media/a").is_passed_on


@pytest.mark.parametrize(
    ("base", "path", "inside"),
    [
        ("", "/a/b", "a/b"),
        ("prep", "/prep/a", "a"),
        ("/prep/", "/prep/a", "a"),
        ("prep", "/a", "a"),
    ],
)
def test_a_path_is_told_without_the_base(monkeypatch, base, path, inside):
    monkeypatch.setattr(gate.st, "get_option", lambda _name: base)
    assert gate.path_of({"path": path}) == inside


@pytest.mark.parametrize("secrets", [{}, {"auth": {}}, {"auth": "x"}, {"other": 1}])
def test_secrets_that_are_not_whole_let_nobody_in(monkeypatch, secrets):
    monkeypatch.setenv("PREP_ACCOUNTS", "/somewhere")
    monkeypatch.setattr(entrance, "_secrets", lambda: secrets)
    assert answer(gate.SignInMiddleware, "/media/a").status == 403
