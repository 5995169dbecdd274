"""What the server costs: starting, importing, memory, bytes sent, many at once."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from prep.clock import Clock
from prep.content import importer, search
from prep.content.sites import index
from prep.content.sites.sources import SHIPPED_INDEX
from prep.store.database import open_database
from tests.bench import data
from tests.bench.client import Visit
from tests.bench.measured import Figure
from tests.browser.conftest import ROOT, free_port, running, wait_until_answering

BENCH = ROOT / "tests" / "bench"
FLOOR, HEAVY_FLOOR = BENCH / "floor_app.py", BENCH / "heavy_floor_app.py"
APP = ROOT / "app.py"
PAGES = (
    "",
    "sheets",
    "coverage",
    "timeline",
    "stories",
    "review",
    "mock",
    "read",
    "data",
    "question?id=L-01",
    "question?id=L-01&view=answer",
    "session",
)
SESSIONS, CLICKS = 20, 10
THINKS = 1.0  # seconds between two clicks of a session, at most


@dataclass(frozen=True)
class Server:
    """A Streamlit server: its address, its process, and when that was started."""

    address: str
    process: subprocess.Popen[bytes]
    began: float

    def resident(self) -> float:
        """Return the memory it holds, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def started(script: Path, database: Path | None = None) -> Iterator[Server]:
    """Start a server, wait until it is healthy, and end it after."""
    port = free_port()
    environment = {"PYTHONPATH": str(ROOT)} | ({"PREP_DB": str(database)} if database else {})
    arguments = ["-m", "streamlit", "run", str(script), "--server.port", str(port)]
    began = time.perf_counter()
    with running(arguments, environment) as process:
        wait_until_answering(f"http://localhost:{port}/_stcore/health")
        yield Server(f"localhost:{port}", process, began)


def starts(path: Path, turns: int) -> list[Figure]:
    """Return how long a start takes, and the very first, until Today is there."""
    healthy = Figure("server start to healthy, database present", 1.2, "s")
    first = Figure("very first start until Today is shown", 3, "s")
    for _ in range(turns):
        healthy.floor.append(_until_healthy(FLOOR, None))
        healthy.ours.append(_until_healthy(APP, path))
        first.floor.append(_until_shown(FLOOR, None))
        with tempfile.TemporaryDirectory() as folder:
            first.ours.append(_until_shown(APP, Path(folder) / "prep.db"))
    return [healthy, first]


def _until_healthy(script: Path, path: Path | None) -> float:
    with started(script, path) as server:
        return time.perf_counter() - server.began


def _until_shown(script: Path, path: Path | None) -> float:
    with started(script, path) as server, Visit(server.address) as visit:
        visit.open()
        return time.perf_counter() - server.began


def imports(scale: int, turns: int) -> list[Figure]:
    """Return how long an import into a new database takes, beside the least it could do.

    That is to read the JSON and insert the same rows at once.
    """
    figure = Figure("import of the whole index and all articles", 3, "s")
    content = data.scaled(scale)
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(turns):
            path = Path(folder) / f"{turn}.db"
            figure.ours.append(_seconds(lambda path=path: _import(path, content, scale)))
            figure.floor.append(_seconds(lambda path=path: _insert_same_rows(path)))
    return [figure]


def _import(path: Path, content: data.Content, scale: int) -> None:
    with open_database(path) as db:
        if scale == 1:
            importer.import_shipped(db, Clock())
        else:
            importer.import_content(db, content, "scaled", Clock())


def _insert_same_rows(path: Path) -> None:
    """Read the JSON and copy every row of an imported database into an empty one."""
    index.load(SHIPPED_INDEX)
    target = path.with_suffix(".copy.db")
    with closing(Database(target)) as db:
        db.enable_wal()
        db.execute("ATTACH ? AS imported", [str(path)])
        tables = ("sheet", "category", "phase", "article", "question", "search_doc", "search_term")
        with db.atomic():
            for table in tables:
                db.execute(f"CREATE TABLE {table} AS SELECT * FROM imported.{table}")
            db.execute(
                "CREATE VIRTUAL TABLE words USING fts5(title, heading, body,"
                " tokenize = 'porter unicode61 remove_diacritics 2', prefix = '1 2 3')"
            )
            db.execute("INSERT INTO words SELECT title, heading, body FROM search_doc")


def queries(path: Path, turns: int) -> list[Figure]:
    """Return how long a search takes in the database itself."""
    figure = Figure("search query alone", 1)
    asked = [case["query"] for case in json.loads((BENCH / "queries.json").read_text())]
    with open_database(path) as db:
        for _ in range(turns):
            for query in asked:
                figure.ours.append(1000 * _seconds(lambda query=query: search.search(db, query)))
    return [figure]


def memory(path: Path) -> list[Figure]:
    """Return what one visit to every page, and each further one, adds to the server's memory."""
    one = Figure("resident memory, one session, every page visited", 2.5, "MB")
    more = Figure("each further session", 15, "MB")
    with started(HEAVY_FLOOR) as server, Visit(server.address) as visit:
        visit.open()
        one.floor.append(server.resident())
    with started(APP, path) as server, Visit(server.address) as visit:
        _open_all(visit)
        _open_all(visit)
        one.ours.append(server.resident())
        before = server.resident()
        others = [Visit(server.address) for _ in range(SESSIONS)]
        for other in others:
            _open_all(other)
        more.ours.append(max(server.resident() - before, 0) / SESSIONS)
        for other in others:
            other.close()
    return [one, more]


def sent(path: Path) -> list[Figure]:
    """Return the bytes of each page after the first, beyond what the floor sends."""
    with started(FLOOR) as server, Visit(server.address) as visit:
        visit.open()
        floor = visit.open().bytes
    figures = []
    with started(APP, path) as server, Visit(server.address) as visit:
        visit.open()
        for page in PAGES:
            name, _, query = page.partition("?")
            goal = 200 if name == "sheets" else 100
            figure = Figure(f"sent for {name or 'today'}", goal, "kB")
            figure.ours.append((visit.open(name, query).bytes - floor) / 1000)
            figures.append(figure)
    return figures


def at_once(path: Path) -> list[Figure]:
    """Return how long a click takes while SESSIONS click, each after a while of thinking."""
    figure = Figure(f"{SESSIONS} sessions clicking at once, p95", 1.5)
    with started(FLOOR) as server:
        figure.floor.append(_p95_of(server, _click_floor))
    before = _status_changes(path)
    with started(APP, path) as server:
        figure.ours.append(_p95_of(server, _click_ours))
    made = _status_changes(path) - before
    assert made == SESSIONS * CLICKS, f"only {made} clicks changed a status"
    return [figure]


def _status_changes(path: Path) -> int:
    with open_database(path) as db:
        return db.table("history").count_where("field = 'status'")


def _p95_of(server: Server, session: Callable[[Visit, int], list[float]]) -> float:
    def run(number: int) -> list[float]:
        with Visit(server.address) as visit:
            return session(visit, number)

    with Visit(server.address) as visit:
        visit.open()
    with ThreadPoolExecutor(SESSIONS) as pool:
        taken = [seconds for run in pool.map(run, range(SESSIONS)) for seconds in run]
    return 1000 * statistics.quantiles(taken, n=20)[-1]


def _click_floor(visit: Visit, number: int) -> list[float]:
    shown = visit.open()
    return [_thinking(number, turn, lambda: visit.click("", shown)) for turn in range(CLICKS)]


def _click_ours(visit: Visit, number: int) -> list[float]:
    """Have a question of this session's own in progress, done, in progress, …"""
    question = f"SD-{number + 1:03d}"
    shown = visit.open("question", f"id={question}")
    assert not shown.exceptions(), shown.exceptions()
    return [
        _thinking(number, turn, lambda turn=turn: visit.choose("status-", (1, 3)[turn % 2], shown))
        for turn in range(CLICKS)
    ]


def _thinking(number: int, turn: int, click: Callable[[], object]) -> float:
    time.sleep(THINKS * ((number * 7 + turn * 3) % 10) / 10)
    return _seconds(click)


def _open_all(visit: Visit) -> None:
    for page in PAGES:
        name, _, query = page.partition("?")
        shown = visit.open(name, query)
        assert not shown.exceptions(), (page, shown.exceptions())


def _seconds(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def copy_of(path: Path, folder: Path) -> Path:
    """Return a copy of a database for measurements that write to it."""
    return Path(shutil.copy(path, folder / "work.db"))
