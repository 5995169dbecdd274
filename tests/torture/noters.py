"""A process that writes one row after the other, and says each once it is safely written.

`python -m tests.torture.noters DATABASE NAME` goes on until its standard input ends.
"""

import itertools
import os
import select
import sys
from contextlib import closing
from pathlib import Path

from prep.errors import PrepError
from prep.store.database import open_database, translate_sqlite_errors, writing

ROWS_A_CONNECTION = 7


def note(path, name):
    """Write rows `NAME-1`, `NAME-2`, …, each in a change of its own; some fail and say so."""
    for opened in itertools.count():
        try:
            with translate_sqlite_errors(path), closing(open_database(path)) as db:
                for n in range(ROWS_A_CONNECTION):
                    row = f"{name}-{opened * ROWS_A_CONNECTION + n}"
                    with writing(db):
                        db.execute(
                            "INSERT INTO import_log (at, source, report) VALUES ('now', ?, '{}')",
                            [row],
                        )
                    os.write(1, f"{row}\n".encode())
        except PrepError as error:
            os.write(2, f"{error}\n".encode())
        if select.select([sys.stdin], [], [], 0)[0]:
            return


if __name__ == "__main__":
    note(Path(sys.argv[1]), sys.argv[2])
