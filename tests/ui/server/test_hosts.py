"""The server answers under its own names alone."""

import pytest
import streamlit as st

from prep.ui.server import entrance, hosts
from tests.ui.server.asgi import answer


@pytest.fixture
def options(monkeypatch):
    """The settings that tell the server its names; empty but for the port."""
    values = {
        "server.address": "localhost",
        "browser.serverAddress": "prep.example.org",
        "server.allowedHosts": ["*.example.net"],
        "server.corsAllowedOrigins": ["https://partner.example"],
        "server.port": 8501,
    }
    monkeypatch.setattr(st, "get_option", values.__getitem__)
    monkeypatch.setattr(entrance, "is_on", lambda: False)
    return values


OURS = (
    "localhost LOCALHOST:8501 127.0.0.1:1 127.9.9.9 [::1]:8501 localhost. prep.example.org"
    " prep.example.org:443 a.example.net a.b.example.net"
)
OTHERS = (
    "evil.example localhost.evil.example example.net notexample.net localhost@x"
    " 127.0.0.1.evil.example prep.example.org.evil localhost:port 2130706433"
)


@pytest.mark.parametrize("host", OURS.split())
def test_its_own_names_are_taken(options, host):
    assert hosts.is_ours(host)


@pytest.mark.parametrize("host", ["", "a b", *OTHERS.split()])
def test_other_names_are_not(options, host):
    assert not hosts.is_ours(host)


def test_a_numeric_address_is_taken_where_the_server_listens_to_more_than_its_machine(options):
    assert not hosts.is_ours("192.168.1.7:8501")
    options["server.address"] = None
    assert hosts.is_ours("192.168.1.7:8501")
    assert not hosts.is_ours("evil.example")


def test_a_request_to_another_host_is_refused_with_what_to_do(options):
    found = answer(hosts.HostCheckMiddleware, headers=[("host", "evil.example")])
    assert (found.status, found.is_passed_on) == (403, False)
    assert "http://localhost:8501" in found.body
    assert answer(hosts.HostCheckMiddleware, headers=[("host", "localhost")]).is_passed_on


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ([], False),
        ([("host", "localhost"), ("host", "localhost")], False),
        ([("host", "localhost"), ("origin", "http://localhost")], True),
        ([("host", "localhost"), ("origin", "http://evil.example")], False),
        ([("host", "localhost"), ("origin", "https://partner.example")], True),
        ([("host", "localhost"), ("origin", "null")], False),
    ],
)
def test_what_writes_comes_from_a_page_of_its_own(options, headers, passes):
    for kind, method in (("http", "POST"), ("websocket", "GET")):
        found = answer(hosts.HostCheckMiddleware, method=method, headers=headers, kind=kind)
        assert found.is_passed_on == passes


def test_a_refused_websocket_is_closed_before_it_is_open(options):
    found = answer(hosts.HostCheckMiddleware, headers=[("host", "evil")], kind="websocket")
    assert found.sent == [{"type": "websocket.close", "code": 1008, "reason": ""}]
