"""Spares the garbage collector what lives as long as the process."""

import gc
import sys

from prep.planning import plan_items

_frozen_at = (0, 0)


def freeze_long_lived() -> None:
    """Exempt all that is alive from garbage collection where modules or questions were read since.

    Streamlit collects all generations after every run, holding up what the run drew: 80 ms with
    pandas and Altair imported, against 22 ms without; a hundred sheets' questions add 16 ms.
    Called at the end of a run; what of it is alive then is still freed once nothing refers to it.
    """
    global _frozen_at
    now = (len(sys.modules), plan_items.last_generation())
    if now != _frozen_at:
        gc.freeze()
        _frozen_at = now
