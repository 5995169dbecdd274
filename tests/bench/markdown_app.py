"""The longest article as one `st.markdown` in an otherwise empty app."""

import streamlit as st

from prep.content.sites import markdown_folder
from prep.content.sites.sources import SHIPPED_ARTICLES

article = markdown_folder.load(
    SHIPPED_ARTICLES / "system-design/classic/whatsapp-chat-messaging.md"
)
st.set_page_config(layout="wide")
st.markdown(article.body)
