"""A chart's table costs nothing until it is opened."""

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import unfold


def page():
    import streamlit as st

    from prep.ui.widgets import chart

    chart.draw_table("rows", lambda: st.text("drawn"))


def test_rows_are_drawn_once_the_table_is_opened():
    test = AppTest.from_function(page).run()
    assert [panel.label for panel in test.expander] == ["Table"]
    assert not test.text
    assert unfold(test, "rows").text[0].value == "drawn"
