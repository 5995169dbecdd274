"""A callback says where to go; the run that follows goes there, once."""

import streamlit as st

from prep.ui.visit import going
from prep.ui.visit.going import Place


def test_a_place_is_followed_once(monkeypatch):
    state, went = {}, []
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(
        st, "switch_page", lambda page, query_params: went.append((page, query_params))
    )
    going.follow()
    assert went == []
    going.to(Place("pages/question.py", {"id": "L-01"}))
    going.follow()
    going.follow()
    assert went == [("pages/question.py", {"id": "L-01"})]
