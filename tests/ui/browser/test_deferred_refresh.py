"""The rest of a page is drawn alone only where the page stays."""

from types import SimpleNamespace

import pytest

from prep.ui.browser import deferred_refresh


@pytest.mark.parametrize(("drawn_now", "asked"), [(["a"], [["rest", "undo"]]), (None, [])])
def test_the_rest_takes_the_place_of_no_run_of_a_whole_page(drawn_now, asked, monkeypatch):
    """The browser may ask for the rest and for another page at once: that one would stay empty."""
    reruns = []
    run = SimpleNamespace(fragment_ids_this_run=drawn_now)
    monkeypatch.setattr(deferred_refresh, "get_script_run_ctx", lambda: run)
    monkeypatch.setattr(deferred_refresh.st, "rerun", reruns.append)
    on_drawn = []
    monkeypatch.setattr(
        deferred_refresh, "_ask", lambda **given: on_drawn.append(given["on_drawn_change"])
    )
    deferred_refresh._draw_after(["rest", "undo"], SimpleNamespace(number=1, at="now"), "x")
    on_drawn[0]()
    assert reruns == asked
