"""Which addresses and pages the server answers: its own, and no page of another site."""

from urllib.parse import urlsplit

import pytest
import streamlit as st

from prep.ui.server import hosts

from .raw_requests import ask, open_websocket, routes

OURS = [
    "localhost:{port}",
    "localhost",
    "LOCALHOST:{port}",
    "localhost.:{port}",
    "127.0.0.1:{port}",
    "127.9.8.7",
    "[::1]:{port}",
    "[::1]",
]
NOT_OURS = [
    "evil.example:{port}",
    "evil.example",
    "localhost.evil.example:{port}",
    "evil-localhost",
    "127.0.0.1.evil.example",
    "127.0.0.1.nip.io:{port}",
    "127.0.0.1:{port}.evil.example",
    "localhost@evil.example",
    "evil.example#localhost",
    "evil.example/localhost",
    "x localhost",
    "localhost, evil.example",
    "[::1].evil.example",
    "[::1]evil.example",
    "[evil.example]",
    "0.0.0.0:{port}",
    "10.0.0.7:{port}",
    "192.168.1.5",
    "[fe80::1]:{port}",
    "[::]",
    "127.1",
    "2130706433",
    "0x7f.1",
    "localhost:{port}:1",
    "localhost:",
    ":{port}",
    "",
    "l\u00f6calhost",
]


@pytest.fixture
def port(shared_server):
    return urlsplit(shared_server).port


@pytest.mark.parametrize("host", OURS)
def test_the_servers_own_addresses_are_answered(shared_server, port, host):
    host = host.format(port=port)
    assert ask(shared_server, host) == 200
    assert open_websocket(shared_server, host) == 101
    assert open_websocket(shared_server, host, f"http://{host}") == 101


@pytest.mark.parametrize("host", NOT_OURS)
def test_no_other_host_is_answered(shared_server, port, host):
    host = host.format(port=port)
    assert ask(shared_server, host) in (400, 403)
    assert ask(shared_server, host, "/") in (400, 403)
    assert open_websocket(shared_server, host) in (400, 403)
    assert open_websocket(shared_server, host, f"http://{host}") in (400, 403)


@pytest.mark.parametrize(
    "named",
    [(), ("localhost", "localhost"), ("localhost", "evil.example"), ("evil.example", "::1")],
)
def test_a_request_has_one_host(shared_server, named):
    assert ask(shared_server, named) in (400, 403)


@pytest.mark.parametrize(("method", "path"), routes())
def test_nothing_is_answered_under_a_name_of_another_site(shared_server, method, path):
    assert ask(shared_server, "evil.example", path, method) == 403


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://localhost",
        "http://localhost:3000",
        "https://localhost:1",
        "http://127.0.0.1:{port}",
        "http://localhost:{port}.evil.example",
        "null",
        "",
        "file://",
        "http://0.0.0.0:{port}",
        "http://localhost:{port}@evil.example",
    ],
)
def test_no_page_of_another_origin_opens_a_websocket_or_writes(shared_server, port, origin):
    host, origin = f"localhost:{port}", origin.format(port=port)
    assert open_websocket(shared_server, host, origin) == 403
    given = {"Origin": origin, "Content-Length": "0"}
    assert ask(shared_server, host, "/_stcore/upload_file/a/b", "PUT", given) == 403


@pytest.fixture
def configured(monkeypatch):
    """Return a function that sets options of the server."""
    given = st.get_option

    def configure(**options):
        named = {name.replace("__", "."): value for name, value in options.items()}
        monkeypatch.setattr(
            st, "get_option", lambda key: named[key] if key in named else given(key)
        )

    return configure


def test_names_that_are_configured_are_the_servers_own(configured):
    configured(
        server__address="prep.lan",
        browser__serverAddress="Prep.Home.Arpa",
        server__allowedHosts=["one.example", "*.two.example"],
    )
    ours = ("prep.lan:8501", "prep.home.arpa", "ONE.example", "a.two.example:80", "a.b.two.example")
    assert all(hosts.is_ours(host) for host in (*ours, "localhost:8501"))
    others = ("two.example", "xtwo.example", "a.one.example", "prep.lan.evil.example", "prep")
    assert not any(hosts.is_ours(host) for host in others)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "10.0.0.7"])
def test_a_server_for_others_is_asked_by_number_too(configured, address):
    configured(server__address=address)
    assert all(hosts.is_ours(host) for host in ("10.0.0.7:8501", "[fe80::1]:8501", "172.17.0.2"))
    assert not hosts.is_ours("evil.example")


def test_any_name_is_taken_where_that_is_configured(configured):
    configured(server__allowedHosts=["*"])
    assert hosts.is_ours("anything.example")
