"""Writing the answer to one question."""

import streamlit as st

from prep.ui.practice import editor
from prep.ui.question import rows
from prep.ui.text import escape_markdown

row = rows.of_address()
st.page_link(
    rows.QUESTION_PAGE,
    label=f"{row['id']} · {escape_markdown(row['section'])}",
    icon=":material/arrow_back:",
    query_params={"id": row["id"]},
)
st.header(escape_markdown(row["title"]), anchor=False)
editor.draw(row)
