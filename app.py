"""Prep's router: `streamlit run app.py`."""

from contextlib import suppress

import streamlit as st
from streamlit.errors import StreamlitAPIException

from prep.ui import page_paths

if __name__ == "__main__":
    from prep.ui.server.picture import PICTURE

    st.set_page_config(page_title="Prep", page_icon=PICTURE, layout="wide")

    from prep.ui.server import callbacks, late_requests, leaving
    from prep.ui.visit import sign_in

    callbacks.run_to_their_end()
    late_requests.answer_whole()
    leaving.finish_what_was_asked()
    refused = sign_in.refusal()
    page = st.navigation(
        [
            st.Page(page_paths.TODAY, title="Today", icon=":material/today:", default=True),
            st.Page(page_paths.SHEETS, title="Sheets", icon=":material/table_rows:"),
            st.Page(page_paths.COVERAGE, title="Coverage", icon=":material/bar_chart:"),
            st.Page(page_paths.TIMELINE, title="Timeline", icon=":material/calendar_month:"),
            st.Page(page_paths.STORIES, title="Stories", icon=":material/auto_stories:"),
            st.Page(page_paths.REVIEW, title="Review", icon=":material/replay:"),
            st.Page(page_paths.MOCK, title="Mock interview", icon=":material/timer:"),
            st.Page(page_paths.READ, title="Read", icon=":material/menu_book:"),
            st.Page(page_paths.DATA, title="Data", icon=":material/database:"),
            st.Page(page_paths.QUESTION, title="Question", visibility="hidden"),
            st.Page(page_paths.ANSWER, title="Answer", visibility="hidden"),
            st.Page(page_paths.SESSION, title="Session", visibility="hidden"),
        ],
        position="hidden" if refused else "sidebar",
    )
    if refused:
        sign_in.draw(refused)
        st.stop()

    from prep.ui.server import memory, uploads
    from prep.ui.shell import frame
    from prep.ui.visit import going, session

    try:
        with session.whole_run():
            going.follow()
            notices = frame.draw_sidebar(page_paths.of_url(page.url_path))
            page.run()
            frame.draw_notices(notices)
    finally:
        uploads.free_unused()
        memory.freeze_long_lived()
else:
    # The server imports this file once, before the first visit. Until `st.navigation` was called
    # in a process, Streamlit serves each file in pages/ by itself: a deep link opened first would
    # come up without this router. The call alone ends that; without pages it then raises.
    with suppress(StreamlitAPIException):
        st.navigation([])

    from starlette.middleware import Middleware

    from prep.ui.server import gate, hosts, picture, security_headers, uploads

    layers = (
        security_headers.SecurityHeadersMiddleware,
        hosts.HostCheckMiddleware,
        gate.SignInMiddleware,
        uploads.UploadLimitMiddleware,
    )
    app = st.App(
        __file__,
        routes=[picture.route()],
        middleware=[Middleware(layer) for layer in layers],
    )
