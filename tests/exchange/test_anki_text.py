"""A field of a note shows what was typed, runs nothing and fetches nothing."""

import re

import pytest

from prep.exchange import anki_text

RUN = ["[latex]x[/latex]", "[sound:a.mp3]", "[anki:tts]", "[$]x[/$]"]


@pytest.mark.parametrize("typed", RUN)
@pytest.mark.parametrize(
    "make", [anki_text.from_markdown, lambda text: anki_text.labelled("A", text)]
)
def test_what_anki_would_run_is_text(make, typed):
    html = make(typed)
    assert "[" not in html
    assert "&#91;" in html


@pytest.mark.parametrize("typed", ["\\\\(x\\\\)", "\\\\[x\\\\]"])
def test_no_formula_begins(typed):
    assert not re.search(r"\\[(\[]", anki_text.from_markdown(typed))


@pytest.mark.parametrize(
    "typed", ["<script>x</script>", "<img src=x>", "![a](https://x.org/a.png)"]
)
def test_no_html_and_no_picture_comes_along(typed):
    html = anki_text.from_markdown(typed)
    assert "<script" not in html and "<img" not in html


def test_markdown_is_rendered_with_its_tables_and_links():
    html = anki_text.from_markdown("| a |\n| - |\n| [b](https://x.org) |\n")
    assert "<table>" in html
    assert '<a href="https://x.org">b</a>' in html


@pytest.mark.parametrize(
    ("typed", "shown"), [("a\x1fb", "a␟b"), ("a\x7fb", "a␡b"), ("a\0b", "a␀b")]
)
def test_a_control_character_is_shown_as_its_picture(typed, shown):
    assert shown in anki_text.labelled("A", typed)


def test_a_label_heads_its_text():
    assert anki_text.labelled("A & B", "<c>") == "<p><b>A &amp; B</b><br>&lt;c&gt;</p>"


def test_an_address_cannot_leave_its_attribute():
    html = anki_text.link("<b>", 'https://x.org/"onclick=x')
    assert html == '<p><a href="https://x.org/&quot;onclick=x">&lt;b&gt;</a></p>'
