"""Runs a module as `python -m` does, which waits for locks and restores as long as it takes.

`python -m tests.torture.patient MODULE ARGUMENT …`. On a machine that is slow or busy enough,
twenty writers keep one waiting for longer than the ten seconds after which Prep says so.
"""

import runpy
import sys

from prep.exchange import restore_backup
from prep.store import database
from tests.work import HANGS_AFTER_SECONDS

if __name__ == "__main__":
    database.BUSY_TIMEOUT_SECONDS = restore_backup.BUSY_TIMEOUT_SECONDS = HANGS_AFTER_SECONDS
    restore_backup._LONGEST_WAIT = HANGS_AFTER_SECONDS
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
