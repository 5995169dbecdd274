"""A tab that another test had before is as a new one."""

from prep.progress.tracker import Tracker

from .conftest import new_context, settled
from .tabs import Tabs, slow_down

KEEP = """
() => {
    localStorage.setItem("left", "x");
    sessionStorage.setItem("left", "x");
    document.cookie = "left=x";
}
"""
LEFT = """
() => [localStorage.getItem("left"), sessionStorage.getItem("left"),
       document.cookie.includes("left"), history.length > 2, innerWidth]
"""


def test_a_tab_that_is_lent_again_holds_nothing_of_before(browser, server, db):
    tabs = Tabs(lambda: new_context(browser))
    with tabs.lent() as take:
        first = take(width=390)
        for path in (
            "/question?id=L-02&view=details",
            "/stories",
            "/question?id=L-01&view=details",
        ):
            first.goto(server + path)
        settled(first).evaluate(KEEP)
        slow_down(first, 2)
        assert first.evaluate(LEFT) == ["x", "x", True, True, 390]
        first.context.new_page()
        first.evaluate("() => { window.setTimeout = () => 0; }")  # no pause in typing ever comes
        first.get_by_role("textbox", name="My notes").fill("typed, and not handed over")
    with tabs.lent() as take:
        page = take()
        assert page is first
        assert page.context.pages == [page]
        page.goto(f"{server}/question?id=L-01&view=details")
        settled(page)
        assert page.evaluate(LEFT) == [None, None, False, False, 1440]
        assert page.get_by_role("textbox", name="My notes").input_value() == ""
    assert not Tracker(db, None).state("L-01").personal_notes
    first.context.close()
