"""Export, import and backups."""

import streamlit as st

from prep.exchange import csv_table, exports, json_export, markdown_answers
from prep.planning.wording import many
from prep.ui.data import backups, imports
from prep.ui.server import entrance
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes


def everything_file() -> bytes:
    """Return everything personal as JSON."""
    with session.database() as db:
        return json_export.export(db)


def table_file() -> bytes:
    """Return progress, notes and answers as a table."""
    with session.database() as db:
        return csv_table.export(db)


def plan_file() -> bytes:
    """Return the plan as a calendar."""
    with session.database() as db:
        return exports.plan_ics(db, session.clock()).data


def answers_file() -> bytes:
    """Return answers and notes as Markdown, in a zip archive."""
    with session.database() as db:
        return markdown_answers.zipped(db)


def deck_file() -> bytes:
    """Return the questions as an Anki deck."""
    from prep.exchange import anki

    with session.database() as db:
        return anki.deck(db, session.clock())


EXPORTS = (
    (
        "Everything",
        "prep.json",
        "application/json",
        everything_file,
        "All that is saved, with its history. Another device takes it in below: of two changes"
        " to the same thing, the later stays."
        f" Beyond {json_export.MAX_BYTES // 10**6} MB, move a backup instead.",
    ),
    (
        "Table",
        "prep.csv",
        "text/csv",
        table_file,
        "One row a question, for a spreadsheet. What you edit in it comes back in below; leave the"
        " last column, by which Prep tells your edits.",
    ),
    (
        "Plan",
        "plan.ics",
        "text/calendar",
        plan_file,
        "One event a question, for the calendar that you use. Import it again after a change.",
    ),
    (
        "Answers and notes",
        "answers.zip",
        "application/zip",
        answers_file,
        "Markdown files with front matter that Hugo can publish. `python -m prep import FOLDER`"
        " takes in what you edited.",
    ),
    (
        "Anki deck",
        "prep.apkg",
        "application/octet-stream",
        deck_file,
        "Every question with your answer, or what is known without one. Importing it again updates"
        " it: of a note changed here and in Anki, the newer stays.",
    ),
)


def draw_take_out() -> None:
    """Draw the files that can be taken out, each with what of it would not come back."""
    with session.database() as db:
        answered = markdown_answers.count(db)
        warnings = {
            "prep.csv": csv_table.warning(db),
            "answers.zip": markdown_answers.warning(db),
        }
    st.subheader("Take out", anchor=False)
    st.caption(
        f"Everything stays on {'this server' if entrance.is_on() else 'your machine'}."
        " These files are yours to take elsewhere."
        f" {many(answered, 'question')} with an answer or a note so far."
    )
    with st.grid(min_column_width=280):
        for title, name, mime, make, about in EXPORTS:
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{title}**")
                st.caption(about)
                if warnings.get(name):
                    st.caption(f":material/warning: {escape_markdown(warnings[name])}.")
                st.download_button(
                    f"Download {name}",
                    make,
                    name,
                    mime,
                    key=f"download-{name}",
                    icon=":material/download:",
                    on_click="ignore",
                )


st.title("Data", anchor=False)
writes.show_error()
content, kept = st.container(), st.container()
with kept:  # drawn first: a database that cannot be opened is put back from here
    backups.draw()
with content:
    imports.draw_waiting()
    draw_take_out()
    imports.draw()
