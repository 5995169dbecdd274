"""A process that writes until it is killed, and says on standard output what is safely written.

`python -m tests.torture.victim KIND DATABASE` waits for seeds on standard input. For each it makes
a victim, says its process's id, and says `over` once that was killed.
"""

import functools
import gzip
import itertools
import json
import os
import random
import shutil
import sys
from pathlib import Path

from prep.clock import system_clock
from prep.content import importer
from prep.content.sites import sources
from prep.exchange import json_import, restore_backup
from prep.exchange.device_merge import merge
from prep.practice import answers, form_drafts
from prep.progress.tracker import Tracker
from prep.store import backups, change_list
from prep.store.database import open_database

DAMAGED = b"\xff" * 10_000
OLDEST = Path(__file__).parents[1] / "schemas" / "first_schema.db.gz"


def say(*words):
    os.write(1, f"{' '.join(map(str, words))}\n".encode())  # whole, or not at all


def write(path, chance):
    """One change of two fields, a draft of a form and an answer after the other."""
    clock = system_clock()
    ids = [f"L-{n:02}" for n in range(1, 16)]
    with open_database(path) as db:
        for n in itertools.count(change_list.data_version(db)):
            question = chance.choice(ids)
            Tracker(db, clock).edit(
                {question: {"personal_notes": f"n{n}", "confidence": 1 + n % 5}}
            )
            say("noted", question, f"n{n}")
            form_drafts.keep(db, clock, form_drafts.NEW_STORY, {"title": f"d{n}"})
            say("drafted", form_drafts.NEW_STORY, f"d{n}")
            answers.save(db, clock, question, f"a{n}")
            say("answered", question, f"a{n}")


@functools.cache
def contents(folder):
    """Return what an index holds, and the same with another article status."""
    entries = json.loads(sources.SHIPPED_INDEX.read_text())
    for entry in entries:
        if entry["permalink"] == "/quest-sheet/":
            entry["content"] = entry["content"].replace(" todo ", " drafted ")
    path = folder / "later.json"
    path.write_text(json.dumps(entries))
    return sources.read_content(sources.SHIPPED_INDEX), sources.read_content(path)


def import_(path, _chance):
    """Two indexes in turn, one with another article status."""
    both = contents(path.parent)
    with open_database(path) as db:
        for n in itertools.count(1):
            importer.import_content(db, both[n % 2], f"{n}", system_clock())
            say("imported", n % 2)


def migrate(path, chance):
    """Databases of the oldest schema, brought up to today's."""
    packed = gzip.decompress(OLDEST.read_bytes())
    for n in itertools.count():
        target = path.with_name(f"old-{chance.random()}-{n}.db")
        unpacked = path.with_name("unpacked")
        unpacked.write_bytes(packed)
        unpacked.replace(target)
        say("began", target.name)
        open_database(target).close()
        say("migrated", target.name)


def back_up(path, _chance):
    """Backups, with notes written in between."""
    clock = system_clock()
    for n in itertools.count():
        with open_database(path) as db:
            Tracker(db, clock).edit({"L-01": {"personal_notes": f"n{n}"}})
        say("made", backups.automatic(path, "asked").path.name)


def restore(path, chance):
    """Backups put back, each in the place of another or of a damaged file."""
    for n in itertools.count():
        source = path.with_name(f"source-{n % 2}.db")
        if chance.random() < 0.2:
            damaged = path.with_name("damaged")
            damaged.write_bytes(DAMAGED)
            say("began", "damage")  # before: what is restored may be gone from now on
            damaged.replace(path)
        say("began", source.name)
        restore_backup.restore(source, path)
        say("restored", source.name)


def take_in(path, chance):
    """Another device's export, merged into a copy of the empty database each time."""
    exported = (path.parent / "export.json").read_bytes()
    for n in itertools.count():
        target = path.with_name(f"device-{chance.random()}-{n}.db")
        shutil.copy(path, target)
        with open_database(target) as db:
            say("began", target.name)
            merge(db, json_import.read(exported, "export"), "export")
            say("merged", target.name)


KINDS = {
    "write": write,
    "import": import_,
    "migrate": migrate,
    "backup": back_up,
    "restore": restore,
    "merge": take_in,
}


def serve(kind, path):
    """Make victims, each from this process, which has everything imported."""
    if kind == "import":
        contents(path.parent)
    for seed in sys.stdin:
        child = os.fork()
        if not child:
            KINDS[kind](path, random.Random(int(seed)))
        say("victim", child)
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]))
