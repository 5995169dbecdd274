"""The smallest Streamlit app with pandas and Altair imported: what they weigh by themselves."""

import altair
import pandas
import streamlit as st

st.text(f"pandas {pandas.__version__}, altair {altair.__version__}")
