"""What a server with sign-in answers before one signs in, and how much it holds of uploads after.

Without a browser, so that nothing but the server itself is in the way.
"""

import json
import re
import time
import urllib.request
from urllib.parse import urlsplit

import httpx
import pytest
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    generate_xsrf_token_string,
)

from tests.bench.client import Visit

from .conftest import ROOT, eventually, serving
from .raw_requests import ask, open_websocket, routes

COOKIE_SECRET = "only for these tests, and long enough for them"
ORIGIN = "https://prep.example.org"  # where a proxy would stand
SECRETS = f"""
[auth]
redirect_uri = "{ORIGIN}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "prep"
client_secret = "any"
server_metadata_url = "http://localhost:1/.well-known/openid-configuration"
[prep]
allowed_emails = ["ada@example.org"]
"""
CLAIMS = {
    "iss": "http://localhost:1",
    "sub": "1815",
    "email": "ada@example.org",
    "email_verified": True,
    "is_logged_in": True,
    "origin": ORIGIN,
}
LARGEST = 2**20
FRESH_FIGURES = "tests.browser.fresh_figures"
OPEN_TO_ALL = {
    "/_stcore/health",
    "/_stcore/host-config",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
}


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """A server behind a proxy, with sign-in, and uploads of 1 MB at most."""
    place = tmp_path_factory.mktemp("outside")
    (place / "secrets.toml").write_text(SECRETS)
    options = [
        "--secrets.files",
        str(place / "secrets.toml"),
        "--server.address",
        "0.0.0.0",
        "--server.maxUploadSize",
        "1",
    ]
    accounts = {"PREP_ACCOUNTS": str(place / "accounts")}
    with serving(ROOT / "app.py", accounts, *options, through=[FRESH_FIGURES]) as server:
        yield server


@pytest.fixture
def at(outside):
    return urlsplit(outside).netloc


def headers(**claims):
    """Return the headers of who holds a cookie with these claims; of nobody, without any."""
    token = generate_xsrf_token_string()
    cookies = {"_streamlit_xsrf": token}
    if claims:
        said = json.dumps(CLAIMS | {"iat": time.time()} | claims)
        cookies["_streamlit_user"] = create_signed_value(
            claims.pop("secret", COOKIE_SECRET), "_streamlit_user", said
        ).decode()
    joined = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {
        "Cookie": joined,
        "Origin": ORIGIN,
        "Host": urlsplit(ORIGIN).netloc,
        "X-Xsrftoken": token,
    }


def visit(at, given):
    """Open a session as a browser behind the proxy does."""
    named = {name: given[name] for name in ("Cookie", "Origin")}
    return Visit(given["Host"], named, given["X-Xsrftoken"], proxied=at)


NOBODY = {
    "without a cookie": {},
    "who is not on the list": {"email": "eve@example.org"},
    "whose address is not verified": {"email_verified": False},
    "who signed in long ago": {"iat": 0},
    "who is not logged in": {"is_logged_in": False},
    "with the cookie of another server": {"origin": "https://other.example.org"},
    "with a forged cookie": {"secret": "a guess at the secret, as long as it has to be"},
}


def upload(outside, session, given, *, file="one", size=LARGEST):
    return httpx.put(
        f"{outside}/_stcore/upload_file/{session}/{file}",
        headers=given,
        files={"file": ("mine.json", b"x" * size)},
        timeout=120,
    ).status_code


def held(outside):
    """Return how many bytes of uploads the server holds."""
    said = (
        httpx.get(
            f"{outside}/_stcore/metrics",
            params={"families": "cache_memory_bytes"},
            headers=headers(sub="1815"),
            timeout=120,
        )
        .raise_for_status()
        .text
    )
    found = re.findall(r'type="UploadedFileManager".*} (\d+)', said)
    return sum(map(int, found))


@pytest.mark.parametrize(("method", "path"), routes())
def test_nothing_but_the_way_in_is_answered_before_one_signs_in(outside, method, path):
    status = ask(outside, "prep.example.org", path, method)
    assert (status == 403) == (path not in OPEN_TO_ALL), status


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore",
        "/_stcore/",
        "/_stcore/health/",
        "/media/",
        "/media/../media/x.png",
        "//media/x",
        "/app/static/prep.db",
        "/component/streamlit_x/index.html",
        "/_stcore/anything-new",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nor_is_what_only_looks_like_it(outside, method, path):
    assert ask(outside, "prep.example.org", path, method) in (400, 403)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nor_are_writes_to_any_page(outside, method):
    for path in ("/", "/question", "/oauth2callback/x"):
        assert ask(outside, "prep.example.org", path, method) == 403


def test_the_page_and_all_that_it_is_made_of_is(outside):
    page = httpx.get(outside, headers=headers(), timeout=120).raise_for_status().text
    parts = re.findall(r'(?:src|href)="\.?(/static/[^"]+)"', page)
    assert len(parts) > 1
    for path in (*parts, "/question?id=L-01", "/app/static/prep.png", "/_stcore/host-config"):
        assert ask(outside, "prep.example.org", path) == 200


def test_the_sign_in_page_needs_no_file_of_the_servers_memory(at):
    with visit(at, headers()) as nobody:
        run = nobody.open()
        drawn = [element for element, _ in run.elements]
        assert any(element.WhichOneof("type") == "imgs" for element in drawn)
        assert not [
            message for message in run.messages if b"/media/" in message.SerializeToString()
        ]


def test_what_is_uploaded_before_one_signs_in_is_not_kept(outside, at):
    given = headers()
    with visit(at, given) as nobody:
        nobody.open()
        for n in range(6):
            upload(outside, nobody.session_id, given, file=f"file-{n}")
        assert_holds_nothing_else(outside, at)


@pytest.mark.parametrize("who", NOBODY)
def test_nobody_uploads_or_reads_figures_who_may_not_enter(outside, at, who):
    given = headers(**NOBODY[who])
    with visit(at, given) as nobody:
        nobody.open()
        assert nobody.session_id
        assert upload(outside, nobody.session_id, given) == 403
        assert httpx.get(f"{outside}/_stcore/metrics", headers=given).status_code == 403
        assert (
            httpx.delete(
                f"{outside}/_stcore/upload_file/{nobody.session_id}/one", headers=given
            ).status_code
            == 403
        )


def test_uploads_of_a_session_are_bounded_and_let_go_of_with_it(outside, at):
    given = headers(sub="1815")
    with visit(at, given) as ada, visit(at, given) as other:
        ada.open()
        other.open()
        for n in range(6):
            assert upload(outside, ada.session_id, given, file=f"file-{n}", size=900_000) == 204
        for n in range(6):
            assert upload(outside, other.session_id, given, file=f"file-{n}", size=10) == 204
        eventually(lambda: 900_000 <= held(outside) <= LARGEST, seconds=100)
        assert upload(outside, ada.session_id, given, file="too large", size=LARGEST + 1) == 413
    eventually(lambda: held(outside) == 0, seconds=100)


def test_an_upload_that_ends_after_its_session_is_let_go_of(outside, at):
    given = headers(sub="1815")
    leaving = visit(at, given)
    leaving.open()

    def body():
        yield b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
        yield b"x" * 100_000
        leaving.close()
        with visit(at, given) as later:
            later.open()  # by then the server knows that the other has left
        yield b"x" * 100_000 + b"\r\n--b--\r\n"

    httpx.put(
        f"{outside}/_stcore/upload_file/{leaving.session_id}/late",
        content=body(),
        timeout=120,
        headers=given | {"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert_holds_nothing_else(outside, at)


def assert_holds_nothing_else(outside, at):
    """Check that nothing but what is uploaded here is held."""
    given = headers(sub="1815")
    with visit(at, given) as witness:
        witness.open()
        assert upload(outside, witness.session_id, given, size=4321) == 204
        assert held(outside) == 4321
    eventually(lambda: held(outside) == 0, seconds=100)


def test_what_was_uploaded_is_let_go_of_when_its_page_is_left(outside, at):
    given = headers(sub="1815")
    with visit(at, given) as ada:
        ada.open("data")
        assert upload(outside, ada.session_id, given, size=500_000) == 204
        ada.open("data")
        eventually(lambda: held(outside) == 500_000, seconds=100)
        ada.open("review")
        eventually(lambda: held(outside) == 0, seconds=100)


def test_a_server_behind_a_proxy_answers_the_proxys_name_and_its_own_number(outside, at):
    for host in ("prep.example.org", "PREP.example.org:443", at, "127.0.0.1", "10.0.0.7:8501"):
        assert ask(outside, host) == 200
    for host in ("evil.example", "example.org", "prep.example.org.evil.example"):
        assert ask(outside, host) == 403
    assert open_websocket(outside, "prep.example.org", ORIGIN) == 101
    assert open_websocket(outside, "prep.example.org", "https://evil.example") == 403


def test_health_is_told_as_the_containers_check_asks_for_it(outside):
    port = urlsplit(outside).port
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=120) as answer:
        assert answer.status == 200
