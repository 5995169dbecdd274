"""`python -m prep …`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. Ctrl-C ends it also while its modules are still read."""
    try:
        from prep.cli import cli

        cli(prog_name="python -m prep")
    except KeyboardInterrupt:
        sys.stderr.write("error: stopped\n")
        sys.exit(130)  # as the command line does where a command runs


if __name__ == "__main__":
    main()
