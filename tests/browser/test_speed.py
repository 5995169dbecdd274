"""The benchmark in short: little of each, only to catch a blow-up. `make bench` is the whole.

`python -m pytest tests/browser/test_speed.py -s` prints the figures.
"""

from datetime import date

import pytest

from tests.bench import data, in_browser, on_server
from tests.bench.measured import table

TURNS = 1
# Times the goal: a shared machine with two cores is noisy, and this is to catch a blow-up.
BLOW_UP = 5


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A database with months of history."""
    path = tmp_path_factory.mktemp("built") / "prep.db"
    data.build(path, 1, date.today())
    return path


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(in_browser, "SETTLES", 100)
    monkeypatch.setattr(on_server, "SESSIONS", 5)


def assert_no_blow_up(figures):
    print("\n" + table(figures))
    beyond = {f.name: f.measured for f in figures if f.measured > BLOW_UP * f.goal}
    assert beyond == {}


def test_what_a_person_waits_for(browser, built, tmp_path):
    with in_browser.opened(browser, on_server.copy_of(built, tmp_path)) as pages:
        assert_no_blow_up(in_browser.figures(pages, TURNS))


def test_what_the_server_costs(built):
    figures = [
        *on_server.imports(1, TURNS),
        *on_server.queries(built, TURNS),
        *on_server.memory(built),
        *on_server.sent(built),
    ]
    assert_no_blow_up(figures)
