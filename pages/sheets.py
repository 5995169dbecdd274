"""Both sheets as a table to work in."""

import streamlit as st

from prep.content import questions
from prep.planning.wording import many
from prep.ui.question import filters, own_question_form, sheet_table
from prep.ui.visit import session, writes
from prep.ui.widgets import paging

ROWS_A_PAGE = 300  # both sheets on one

st.title("Sheets", anchor=False)
with session.database() as db:
    chosen = filters.draw(db)
    total, done = questions.count(db, chosen.filters, chosen.text)

writes.show_error()
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.markdown(f"**{many(total, 'question')}**, {done:,} done", width="content")
    offset = paging.draw(total, ROWS_A_PAGE, key="page")
    own_question_form.draw_new()
with session.database() as db:
    shown = questions.find(db, chosen.filters, chosen.text, ROWS_A_PAGE, offset)
if shown:
    sheet_table.reserve_bulk_place()
    sheet_table.draw(shown, session.today())
else:
    st.info("No question matches these filters.", icon=":material/search_off:")
    st.button("Show all", on_click=filters.clear)
