"""Processes that all write to one database for a while, each through the API that the pages use.

`python -m tests.torture.writers DATABASE CHANGES COUNT` has COUNT processes make CHANGES each and
prints one JSON line a writer: how many changes were acknowledged, by question; the longest wait for
one, in seconds, and how many of others came in between at most; what went wrong.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

from prep.clock import system_clock
from prep.errors import PrepError
from prep.practice import answers
from prep.progress.tracker import Tracker
from prep.store import change_list, database
from prep.store.database import open_database, writing

SHARED = [f"SD-{n:03}" for n in range(1, 6)]  # every writer counts up on these
OPENS_EVERY = 10  # changes: a page opens the file for each click
THINKS = 0.02  # seconds, at most


def write(path, changes, name):
    """Count up on shared questions and save answers; return what was acknowledged."""
    chance = random.Random(name)
    counted, waits, overtaken, errors = Counter(), [], [], []
    for _ in range(changes // OPENS_EVERY):
        began = time.monotonic()
        try:
            with database.translate_sqlite_errors(path), open_database(path) as db:
                for _ in range(OPENS_EVERY):
                    began = time.monotonic()
                    question = chance.choice(SHARED)
                    overtaken.append(_count_up(db, question))
                    counted[question] += 1
                    waits.append(time.monotonic() - began)
                    time.sleep(chance.random() * THINKS)
                answers.save(db, system_clock(), f"SD-{name + 20:03}", f"answer {len(waits)}")
        except PrepError as error:
            waits.append(time.monotonic() - began)
            errors.append(str(error))
    return {
        "counted": counted,
        "longest": max(waits),
        "overtaken": max(overtaken),
        "errors": errors,
    }


def _count_up(db, question):
    """Write the next number to a question; return how many changes of others came before."""
    tracker = Tracker(db, system_clock())
    asked_at = change_list.data_version(db)
    with writing(db):
        overtaken = change_list.data_version(db) - asked_at
        count = int(tracker.state(question).personal_notes or 0)
        tracker.edit({question: {"personal_notes": str(count + 1)}})
    return overtaken


def main(path, changes, count):
    children = []
    for name in range(count):
        children.append(os.fork())
        if not children[-1]:
            found = write(path, changes, name)
            os.write(1, f"{json.dumps(found)}\n".encode())
            os._exit(0)
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
