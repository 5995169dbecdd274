"""Prep's router: `streamlit run app.py`."""

import streamlit as st

# A picture of our own: a Material icon here would be fetched from the network by the browser.
st.set_page_config(page_title="Prep", page_icon="prep/ui/static/favicon.png", layout="wide")

page = st.navigation(
    [
        st.Page("pages/today.py", title="Today", icon=":material/today:", default=True),
        st.Page("pages/sheets.py", title="Sheets", icon=":material/table_rows:"),
        st.Page("pages/coverage.py", title="Coverage", icon=":material/bar_chart:"),
        st.Page("pages/timeline.py", title="Timeline", icon=":material/calendar_month:"),
        st.Page("pages/read.py", title="Read", icon=":material/menu_book:"),
        st.Page("pages/question.py", title="Question", visibility="hidden"),
    ]
)

from prep.ui import frame  # noqa: E402 - the menu comes before any heavier import

frame.draw_sidebar()
page.run()
