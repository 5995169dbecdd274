"""Taking one's data out, bringing it in, and backups."""

import streamlit as st

from prep import answer_files, exports, spreadsheet, transfer
from prep.ui import backups, bring_in, entrance, session
from prep.ui.text import plain
from prep.words import many


def everything_file() -> bytes:
    with session.database() as db:
        return transfer.export(db)


def table_file() -> bytes:
    with session.database() as db:
        return spreadsheet.export(db)


def plan_file() -> bytes:
    with session.database() as db:
        return exports.plan_ics(db, session.clock()).data


def answers_file() -> bytes:
    with session.database() as db:
        return answer_files.zipped(db)


def deck_file() -> bytes:
    from prep import anki  # only here: the page need not wait for its library

    with session.database() as db:
        return anki.deck(db, session.clock())


EXPORTS = (
    ("Everything", "prep.json", "application/json", everything_file,
     "All that is saved, with its history. Another device takes it in below: of two changes"
     f" to the same thing, the later stays. Beyond {transfer.MAX_BYTES // 10**6} MB, move a backup"
     " instead."),
    ("Table", "prep.csv", "text/csv", table_file,
     "One row a question, for a spreadsheet. What you edit in it comes back in below; leave the"
     " last column, by which Prep tells your edits."),
    ("Plan", "plan.ics", "text/calendar", plan_file,
     "One event a question, for the calendar that you use. Import it again after a change."),
    ("Answers and notes", "answers.zip", "application/zip", answers_file,
     "Markdown files with front matter that Hugo can publish. `python -m prep import FOLDER`"
     " takes in what you edited."),
    ("Anki deck", "prep.apkg", "application/octet-stream", deck_file,
     "Every question with your answer, or what is known without one. Importing it again updates"
     " it: of a note changed here and in Anki, the newer stays."),
)  # fmt: skip


def draw_take_out() -> None:
    with session.database() as db:
        answered = answer_files.count(db)
        warnings = {
            "prep.csv": spreadsheet.warning(db),
            "answers.zip": answer_files.warning(db),
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
                    st.caption(f":material/warning: {plain(warnings[name])}.")
                st.download_button(
                    f"Download {name}", make, name, mime, key=f"download-{name}",
                    icon=":material/download:", on_click="ignore",
                )  # fmt: skip


st.title("Data", anchor=False)
session.show_error()
content, kept = st.container(), st.container()
with kept:  # drawn first: a database that cannot be opened is put back from here
    backups.draw()
with content:
    bring_in.draw_waiting()
    draw_take_out()
    bring_in.draw()
