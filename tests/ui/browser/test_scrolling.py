"""A page comes to its top where it shows something else."""

from prep.ui.browser import scrolling


def test_the_browser_is_told_another_name_for_each_step(open_page, db, monkeypatch):
    told = []
    monkeypatch.setattr(scrolling, "_scroll", lambda **parts: told.append(parts["data"]["shown"]))
    page = open_page("mock")
    page.run()
    assert len(set(told)) == 1
    page.button(key="start").click().run()
    assert len(set(told)) == 2


def test_a_part_is_brought_into_view_only_for_what_was_asked_for(monkeypatch):
    told = []
    monkeypatch.setattr(scrolling, "_scroll", lambda **parts: told.append(parts["data"]))
    scrolling.into_view("past-attempt", None)
    scrolling.into_view("past-attempt", "MI-001")
    assert [data["shown"] for data in told] == [None, "MI-001"]
    assert {data["target"] for data in told} == {"past-attempt"}
