"""`python -m prep.ui …`: the app, with the options of `streamlit run`."""

from __future__ import annotations

import sys
from pathlib import Path

APP = Path(__file__).parents[2] / "app.py"


def main() -> None:
    """Start the app. Ctrl-C ends it also while its modules are still read."""
    try:
        from streamlit.web import cli

        cli.main(["run", str(APP), *sys.argv[1:]], prog_name="streamlit")
    except KeyboardInterrupt:
        sys.stderr.write("error: stopped\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
