"""Texts on a page are shown as they are, fetch nothing and lead nowhere unsafe."""

from datetime import UTC, datetime

import pytest

from prep.clock import Clock
from prep.ui import text


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("a*b*", "a\\*b\\*"),
        ("two\n\nlines", "two lines"),
        ("$x$ :red[y]", "\\$x\\$ \\:red\\[y\\]"),
        ("<b>", "\\<b\\>"),
        ("", ""),
    ],
)
def test_no_character_is_markup(typed, escaped):
    assert text.escape_markdown(typed) == escaped


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("![a](https://x.org/a.png)", "\\![a](https://x.org/a.png)"),
        ("\\![a](b)", "\\![a](b)"),
        ("\\\\![a](b)", "\\\\\\![a](b)"),
        ("[a](https://x.org)", "[a](https://x.org)"),
        ("    indented", "indented"),
    ],
)
def test_pictures_become_links(typed, shown):
    assert text.sanitize_markdown(typed) == shown


@pytest.mark.parametrize(
    "address",
    ["javascript:x", "JavaScript:x", "data:text/html,x", "java&#115;cript:x", "file:///x"],
)
def test_where_a_link_leads_astray_all_are_text(address):
    shown = text.sanitize_markdown(f"[a]({address}) and [b](https://x.org)")
    assert shown.startswith("\\[a\\]")
    assert "\\[b\\]" in shown


def test_the_words_of_a_scheme_are_no_link():
    assert text.sanitize_markdown("[a](/b): the data: all of it") == "[a](/b): the data: all of it"


def test_code_stays_as_it_is():
    code = "```\n![a](b) [c](javascript:x)\n```"
    assert text.sanitize_markdown(f"{code}\n[d](javascript:x)").startswith(code)


def test_an_anchor_is_an_address_on_the_page():
    assert text.address("2-größe [a]") == "#2-gr%C3%B6%C3%9Fe%20%5Ba%5D"


@pytest.mark.parametrize(
    ("hour", "shown"),
    [(14, "14:05"), (3, "23 Nov, 03:05")],  # the day begins at four
)
def test_an_instant_has_its_day_where_that_is_not_today(hour, shown):
    now = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    clock = Clock(UTC, lambda: now)
    assert text.moment(datetime(2026, 11, 23, hour, 5, tzinfo=UTC), clock) == shown
