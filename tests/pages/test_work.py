"""What a page costs, counted: elements that the browser builds, and statements of the database.

The seconds they take are measured by tests/bench.
"""

import sqlite3
from datetime import date
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1.element_tree import Block

from tests.bench import data

# Elements and statements at most, four months of use: a quarter more than were counted, on the day
# of the week that has most of them.
BUDGET = {
    "today": (55, 73),
    "sheets": (23, 43),
    "coverage": (33, 55),
    "timeline": (65, 48),
    "stories": (80, 57),
    "review": (26, 62),
    "mock": (23, 49),
    "read": (72, 33),
    "data": (39, 35),
    "question?id=L-01&view=details": (29, 102),
    "question?id=L-01&view=answer": (24, 98),
    "question?id=L-01&view=read": (37, 87),
    "session": (29, 58),
}
TIMES = 4  # as much of everything
GROWTH = 1.5  # times the elements and statements that it may take, at most


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """Return databases with a person's history, by how many times the sheets they hold."""
    folder = tmp_path_factory.mktemp("used")
    paths = {scale: folder / f"{scale}.db" for scale in (1, TIMES)}
    for scale, path in paths.items():
        data.build(path, scale, date.today())
    return paths


@pytest.fixture
def cost(open_page, used, monkeypatch):
    """Return a function that counts what a page costs on one of the databases, drawn again."""

    def count(page, scale):
        monkeypatch.setenv("PREP_DB", str(used[scale]))
        name, _, query = page.partition("?")
        test = open_page(name, **dict(parse_qsl(query)))
        statements = []
        connect = sqlite3.connect

        def traced(*arguments, **options):
            connection = connect(*arguments, **options)
            connection.set_trace_callback(statements.append)
            return connection

        with monkeypatch.context() as patched:
            patched.setattr(sqlite3, "connect", traced)
            test.run()
        assert not test.exception
        return elements(test.main) + elements(test.sidebar), len(statements)

    return count


def elements(block):
    """Return how many elements a part of the page holds."""
    if not isinstance(block, Block):
        return 1
    return sum(elements(child) for child in block.children.values())


@pytest.mark.parametrize("page", BUDGET)
def test_a_page_is_drawn_with_few_elements_and_statements(cost, page):
    drawn, asked = cost(page, 1)
    most_drawn, most_asked = BUDGET[page]
    assert drawn <= most_drawn
    assert asked <= most_asked


@pytest.mark.parametrize("page", BUDGET)
def test_a_page_costs_little_more_where_there_is_four_times_as_much(cost, page):
    once, many = cost(page, 1), cost(page, TIMES)
    assert all(after <= GROWTH * before for before, after in zip(once, many, strict=True))
