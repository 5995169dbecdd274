"""Runs a module as `python -m` does, whose server's figures are never those of seconds ago.

`python -m tests.browser.fresh_figures streamlit run …`. Streamlit keeps what it counted of its
memory for five seconds, for which each test that looks at it would wait.
"""

import runpy
import sys

from streamlit.web.server.starlette import starlette_routes

if __name__ == "__main__":
    assert starlette_routes._METRICS_EXPENSIVE_STATS_TTL_SECONDS
    starlette_routes._METRICS_EXPENSIVE_STATS_TTL_SECONDS = 0
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
