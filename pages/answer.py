"""Writing the answer to one question."""

import streamlit as st

from prep.ui import page_paths
from prep.ui.practice import editor
from prep.ui.question import rows
from prep.ui.text import escape_markdown

question = rows.of_address()
st.page_link(
    page_paths.QUESTION,
    label=f"{question.id} · {escape_markdown(question.category)}",
    icon=":material/arrow_back:",
    query_params={"id": question.id},
)
st.header(escape_markdown(question.title), anchor=False)
editor.draw(question)
