"""Both sheets as a table to work in."""

import streamlit as st

from prep import questions
from prep.ui import filters, own_question_form, session, sheet_table

st.title("Sheets", anchor=False)
with session.database() as db:
    chosen = filters.draw(db)
    rows = questions.find(db, chosen.filters, chosen.text)

session.show_error()
done = sum(row["status"] == "done" for row in rows)
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.markdown(f"**{len(rows)} questions**, {done} done", width="content")
    own_question_form.draw_new()
if rows:
    sheet_table.reserve_bulk_place()
    sheet_table.draw(rows, session.today())
else:
    st.info("No question matches these filters.", icon=":material/search_off:")
    st.button("Show all", on_click=filters.clear)
