"""The smallest Streamlit app: what a click costs where nothing else is done."""

import streamlit as st

st.title("Floor")
st.button("Count", on_click=lambda: st.session_state.update(n=st.session_state.get("n", 0) + 1))
st.text(f"clicked {st.session_state.get('n', 0)}")
