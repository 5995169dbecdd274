"""A process that writes until it is killed, and says on standard output what is safely written.

`python -m tests.torture.victim KIND DATABASE SEED`
"""

import gzip
import itertools
import json
import random
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from prep import answers, backup, history, importer, recovery, sources, transfer
from prep.clock import system_clock
from prep.database import open_database
from prep.merging import merge
from prep.tracker import Tracker

OLDEST = Path(__file__).parents[1] / "schemas" / "first_schema.db.gz"


def say(*words):
    print(*words, flush=True)


def write(path, chance):
    """One change of two fields and an answer after the other."""
    clock = system_clock()
    ids = [f"L-{n:02}" for n in range(1, 16)]
    with open_database(path) as db:
        for n in itertools.count(history.data_version(db)):
            question = chance.choice(ids)
            Tracker(db, clock).edit(
                {question: {"personal_notes": f"n{n}", "confidence": 1 + n % 5}}
            )
            say("noted", question, f"n{n}", 1 + n % 5)
            answers.save(db, clock, question, f"a{n}")
            say("answered", question, f"a{n}")


def import_(path, _chance):
    """Two indexes in turn, one with the titles of the other reworded."""
    content = sources.read_content(sources.SHIPPED_INDEX)
    later = sources.read_content(reworded(path.parent))
    with open_database(path) as db:
        for n in itertools.count():
            importer.import_content(db, later if n % 2 == 0 else content, f"{n}", system_clock())
            say("imported", n)


def reworded(folder):
    entries = json.loads(sources.SHIPPED_INDEX.read_text())
    for entry in entries:
        if entry["permalink"] == "/quest-sheet/":
            entry["content"] = entry["content"].replace(" todo ", " drafted ")
    path = folder / "later.json"
    path.write_text(json.dumps(entries))
    return path


def migrate(path, _chance):
    """Databases of the oldest schema, brought up to today's."""
    packed = gzip.decompress(OLDEST.read_bytes())
    for n in itertools.count():
        target = path.with_name(f"old-{n}.db")
        target.write_bytes(packed)
        say("began", target.name)
        open_database(target).close()
        say("migrated", target.name)


def back_up(path, _chance):
    """Backups, and every third put back, while notes are written in between."""
    clock = system_clock()
    for n in itertools.count():
        with open_database(path) as db:
            Tracker(db, clock).edit({"L-01": {"personal_notes": f"n{n}"}})
        made = backup.automatic(path, "asked")
        say("made", made.path.name)
        if n % 3 == 0:
            recovery.restore(made.path, path)
            say("restored", f"n{n}")


def take_in(path, _chance):
    """Another device's export, merged into a copy of the empty database each time."""
    exported = (path.parent / "export.json").read_bytes()
    for n in itertools.count():
        target = path.with_name(f"device-{n}.db")
        shutil.copy(path, target)
        with open_database(target) as db, closing(transfer.read(exported, "export")) as theirs:
            say("began", target.name)
            merge(db, theirs, "export")
            say("merged", target.name)


KINDS = {
    "write": write, "import": import_, "migrate": migrate, "backup": back_up, "merge": take_in,
}  # fmt: skip

if __name__ == "__main__":
    sqlite3.enable_callback_tracebacks(True)
    kind, database, seed = sys.argv[1:]
    KINDS[kind](Path(database), random.Random(int(seed)))
