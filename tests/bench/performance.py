"""Every figure of docs/performance.md, ours beside the smallest Streamlit app, in one table.

`python -m tests.bench.performance` prints it (`make bench`).
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import median

from prep.clock import Clock
from tests.bench import computed, data, in_browser, on_server
from tests.bench.measured import Figure, table
from tests.browser.conftest import chromium

TURNS = 6
LARGE = 100
GROWTH = 2  # how many times as much a figure may be at LARGE ×


def measure(scale: int, folder: Path, turns: int) -> list[Figure]:
    """Return every figure at a scale."""
    path = folder / f"{scale}.db"
    say(f"building {scale} ×")
    data.build(path, scale, Clock().today())
    figures = []
    for name, measured in (
        ("starts", lambda: on_server.starts(path, max(turns // 3, 2))),
        ("imports", lambda: on_server.imports(scale, max(turns // 6, 1))),
        ("queries", lambda: on_server.queries(path, turns)),
        ("memory", lambda: on_server.memory(path)),
        ("bytes", lambda: on_server.sent(path)),
        ("many at once", lambda: on_server.at_once(on_server.copy_of(path, folder))),
        ("browser", lambda: in_chromium(on_server.copy_of(path, folder), turns)),
    ):
        say(f"{name} at {scale} ×")
        figures += measured()
    return figures


def in_chromium(path: Path, turns: int) -> list[Figure]:
    """Return what a person waits for."""
    with chromium() as browser, in_browser.opened(browser, path) as pages:
        return in_browser.figures(pages, turns)


def growth(small: list[Figure], large: list[Figure]) -> list[Figure]:
    """Return each figure at LARGE × beside what it is at 1 ×."""
    found = []
    for one, many in zip(small, large, strict=True):
        unit = "× floor" if many.floor else many.unit
        figure = Figure(f"{many.name}, {LARGE} × the data", GROWTH, unit)
        figure.ours = [ours / _floor(many) for ours in many.ours]
        figure.floor = [ours / _floor(one) for ours in one.ours]
        found.append(figure)
    return found


def _floor(figure: Figure) -> float:
    """Return what a figure is a multiple of; a figure without a floor stands for itself."""
    return median(figure.floor) if figure.floor else 1.0


def machine() -> str:
    """Return what was measured on, in a line."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("streamlit", "pandas", "altair", "sqlite-utils")
    )
    return (
        f"{Clock().today()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end,"
        f" Python {platform.python_version()}, {packages}"
    )


def say(what: str) -> None:
    """Tell on standard error what is measured now."""
    print(what, file=sys.stderr, flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=TURNS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = measure(1, folder, chosen.turns)
        print(table(small + computed.figures(chosen.turns)), flush=True)
        large = measure(LARGE, folder, chosen.turns)
    print(table(growth(small, large)))
    print(machine())


if __name__ == "__main__":
    main()
