"""Taking one's data out, to other programs."""

import streamlit as st

from prep import anki, answer_files, exports
from prep.ui import session
from prep.words import many


def plan_file() -> bytes:
    with session.database() as db:
        return exports.plan_ics(db, session.clock())[0]


def answers_file() -> bytes:
    with session.database() as db:
        return answer_files.zipped(db)


def deck_file() -> bytes:
    with session.database() as db:
        return anki.deck(db, session.clock())


EXPORTS = (
    ("Plan", "plan.ics", "text/calendar", plan_file,
     "One event a question, for the calendar that you use. Import it again after a change."),
    ("Answers and notes", "answers.zip", "application/zip", answers_file,
     "Markdown files with front matter that Hugo can publish. `python -m prep import FOLDER`"
     " takes them back."),
    ("Anki deck", "prep.apkg", "application/octet-stream", deck_file,
     "Every question with your answer, or its article's summary. Importing it again updates."),
)  # fmt: skip

with session.database() as db:
    answered = sum(1 for _ in answer_files.files(db))

st.title("Data", anchor=False)
st.caption(
    "Everything stays on your machine. These files are yours to take elsewhere."
    f" {many(answered, 'question')} with an answer or a note so far."
)
with st.grid(min_column_width=280):
    for title, name, mime, make, about in EXPORTS:
        with st.container(border=True, height="stretch"):
            st.subheader(title, anchor=False)
            st.caption(about)
            st.download_button(
                f"Download {name}", make, name, mime, key=f"download-{name}",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip
