"""A question's status as the file has it, read past Prep's own code."""

import sqlite3
from contextlib import closing


def status(path, question_id="L-01"):
    """Return the stored status of a question, None where there is none."""
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute(
            "SELECT status FROM progress WHERE question_id = ?", [question_id]
        ).fetchone()
    return row and row[0]
