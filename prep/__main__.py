"""`python -m prep …`."""

from prep.cli import cli

if __name__ == "__main__":
    cli(prog_name="python -m prep")
