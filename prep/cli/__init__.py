"""The command line: `python -m prep …`. Each module registers its commands on the group."""

from prep.cli import content, exporting, keeping, planning, preparing, progress, scope, story_bank
from prep.cli.base import cli

__all__ = [
    "cli",
    "content",
    "exporting",
    "keeping",
    "planning",
    "preparing",
    "progress",
    "scope",
    "story_bank",
]
