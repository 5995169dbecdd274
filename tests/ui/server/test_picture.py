"""Prep's picture stands at an address that is open before one signs in."""

import asyncio

import pytest

from prep.ui.server import gate, picture


@pytest.mark.parametrize(("base", "begin"), [("", ""), ("/in/", "/in")])
def test_it_stands_below_the_base(monkeypatch, base, begin):
    monkeypatch.setattr(picture.st, "get_option", lambda _name: base)
    assert picture.route().path == begin + picture.PICTURE


def test_the_file_is_there():
    answer = asyncio.run(picture._send(None))
    assert answer.media_type == "image/png"
    assert picture._FILE.read_bytes().startswith(b"\x89PNG")


def test_it_is_open_to_all():
    assert picture.PICTURE.strip("/") in gate._OPEN
