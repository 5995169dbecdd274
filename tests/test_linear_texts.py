"""What a page does with a text takes work in proportion to it, whatever the text is made of.

The lines of Python that are run are counted, not seconds; of regular expressions, whose work none
of them shows, see `test_regexes.py`.
"""

import itertools

import pytest

from prep.exchange import anki_text
from prep.markdown import outline, plain_text
from prep.practice import answer_outline
from prep.ui import text

from .work import steps

FUNCTIONS = (
    text.escape_markdown,
    text.sanitize_markdown,
    outline.addresses,
    outline.sections,
    outline.fenced_lines,
    outline.without_empty_sections,
    answer_outline.first_empty_part,
    answer_outline.side_by_side,
    plain_text.flatten,
    anki_text.from_markdown,
)
RUNS = (
    "\\",
    "\\![",
    "![",
    "[",
    "](",
    "[a](",
    "[a](b",
    "`",
    "*",
    "_",
    "**",
    "a**b ",
    "*a _b ",
    "<",
    "~",
    "|",
    "| a ",
    "|a|\n|-|\n",
    "- ",
    "> ",
    "#",
    "# a\n",
    "\n",
    "\n\n",
    "&",
    "&#",
    "&amp;",
    "```\n",
    "~~~\n",
    "    ",
    "\t",
    "1. ",
    "[a]: b\n",
    "(",
    "]",
    " \n",
    "x",
    "http://",
    "\r",
    "\0",
)
HEADS = ("", "data: ")
SHORT, LONG = 200, 800
MOST_GROWTH = 8  # for four times the text; in proportion it is 4, squared 16


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__qualname__)
def test_work_grows_in_proportion_to_a_text(function):
    texts = itertools.product(HEADS, RUNS)
    grown = {(head, run): growth(function, head, run) for head, run in texts}
    assert {text: much for text, much in grown.items() if much > MOST_GROWTH} == {}


def growth(function, head, run):
    """Return by how much the steps grow from a short text to one of four times its length."""
    short, long = (steps(function, head + run * (n // len(run))) for n in (SHORT, LONG))
    return long / (short + 100)
