"""Work counted in place of time: a count is the same on every machine, however slow or busy."""

import sys
import tracemalloc

HANGS_AFTER_SECONDS = 600  # ten times what anything here takes on a slow and busy machine


class Steps:
    """Counts the lines of Python that run in its `with` block, in this thread.

    A turn of a loop is a line again, also inside a comprehension. What C does in one call is one
    step, however long it takes.
    """

    def __init__(self):
        self.count = 0

    def __enter__(self):
        self._before = sys.gettrace()
        sys.settrace(self._count)
        return self

    def __exit__(self, *_):
        sys.settrace(self._before)

    def _count(self, _frame, event, _argument):
        self.count += event == "line"
        return self._count


def steps(function, *arguments, **named):
    """Return how many lines of Python a call runs; what it raises, this raises."""
    with Steps() as counted:
        function(*arguments, **named)
    return counted.count


def megabytes(function, *arguments, **named):
    """Return the most memory that a call holds at a time, its arrays included, in MB."""
    tracemalloc.start()
    try:
        function(*arguments, **named)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
