"""Our search beside the site's own, Fuse.js, in one run on the same index.

`python -m tests.bench.search` prints the table that docs/search.md keeps. It needs node and npm;
fuse.js is fetched from the npm registry into a temporary folder.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import mean, median

from prep.clock import Clock
from prep.content import importer, search
from prep.content.sites.sources import SHIPPED_INDEX

HERE = Path(__file__).parent
REPEATS = 5
# (milliseconds, ids best first) for each query.
Answers = list[tuple[float, list[str]]]


def ask_fuse(queries: list[str], folder: Path) -> Answers:
    """Return what Fuse.js answers."""
    npm = ["npm", "install", "--silent", "--no-save", "--prefix", str(folder), "fuse.js@7"]
    subprocess.run(npm, check=True)
    asked = folder / "queries.json"
    asked.write_text(json.dumps(queries))
    command = ["node", str(HERE / "fuse.mjs"), str(SHIPPED_INDEX), str(asked), str(folder)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [(answer["milliseconds"], answer["ids"]) for answer in json.loads(printed)]


def ask_prep(queries: list[str], folder: Path) -> Answers:
    """Return what Prep answers, from a new database of what data/ ships."""
    answers = []
    with importer.open_filled(folder / "prep.db", Clock()) as db:
        for query in queries:
            times = []
            for _ in range(REPEATS):
                begin = time.perf_counter()
                hits = search.search(db, query).hits
                times.append(1000 * (time.perf_counter() - begin))
            answers.append((median(times), [hit.id for hit in hits]))
    return answers


def right_in_first_three(answers: Answers, cases: list[dict]) -> list[bool]:
    """Return for each case whether one of the expected is among the first three."""
    return [
        any(_name(found) in case["expected"] for found in ids[:3])
        for (_, ids), case in zip(answers, cases, strict=True)
    ]


def mean_reciprocal_rank(answers: Answers, permalinks: list[str]) -> float:
    """Return the mean of 1 / rank of the wanted article among the articles found, 0 if none."""
    ranks = []
    for (_, ids), wanted in zip(answers, permalinks, strict=True):
        articles = [found for found in ids if found in permalinks]
        ranks.append(1 / (1 + articles.index(wanted)) if wanted in articles else 0)
    return mean(ranks)


def _name(found: str) -> str:
    return found.strip("/").rpartition("/")[2]


def main() -> None:
    """Print the comparison."""
    cases = json.loads((HERE / "queries.json").read_text())
    articles = [
        entry
        for entry in importer.site_index.load(SHIPPED_INDEX)
        if importer.site_index.article_folder(entry.permalink)
    ]
    permalinks = [entry.permalink for entry in articles]
    queries = [case["query"] for case in cases] + [entry.title for entry in articles]
    with tempfile.TemporaryDirectory() as folder:
        fuse, ours = (ask(queries, Path(folder)) for ask in (ask_fuse, ask_prep))
    count = len(cases)
    fuse_right, our_right = (right_in_first_three(a[:count], cases) for a in (fuse, ours))
    fuse_time, our_time = (median(milliseconds for milliseconds, _ in a) for a in (fuse, ours))
    fuse_rank, our_rank = (mean_reciprocal_rank(a[count:], permalinks) for a in (fuse, ours))
    print("| | Fuse.js | Prep |\n| --- | --: | --: |")
    print(f"| milliseconds a query, median | {fuse_time:.2f} | {our_time:.2f} |")
    print(f"| right in the first three of {count} queries | {sum(fuse_right)} | {sum(our_right)} |")
    print(f"| mean reciprocal rank, {len(articles)} titles | {fuse_rank:.3f} | {our_rank:.3f} |")
    print(f"\nPrep is {fuse_time / our_time:.0f} times as fast.")
    for case, right in zip(cases, our_right, strict=True):
        if not right:
            print(f"not in Prep's first three: {case['query']}")


if __name__ == "__main__":
    main()
