"""The address that a question's answer had: it leads to the question's own page."""

import streamlit as st

from prep.ui import page_paths
from prep.ui.question import rows

question = rows.of_address()
st.switch_page(page_paths.QUESTION, query_params={"id": question.id, "view": "answer"})
