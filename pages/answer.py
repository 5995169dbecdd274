"""Writing the answer to one question."""

import streamlit as st

from prep import questions
from prep.errors import UnknownQuestion
from prep.ui import editor, rows, session
from prep.ui.text import plain

try:
    with session.database() as db:
        row = questions.get(db, st.query_params.get("id", ""))
except UnknownQuestion as error:
    st.title("No such question", anchor=False)
    st.error(plain(str(error)))
    st.page_link("pages/sheets.py", label="All questions", icon=":material/table_rows:")
    st.stop()

st.page_link(
    rows.QUESTION_PAGE,
    label=f"{row['id']} · {plain(row['section'])}",
    icon=":material/arrow_back:",
    query_params={"id": row["id"]},
)
st.header(plain(row["title"]), anchor=False)
editor.draw(row)
