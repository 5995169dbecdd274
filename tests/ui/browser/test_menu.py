"""What closes the menu is drawn once on each page."""

from prep.ui.browser import menu


def test_every_page_draws_it_once(open_page, db, monkeypatch):
    drawn = []
    monkeypatch.setattr(menu, "_menu", lambda **parts: drawn.append(parts["key"]))
    for page in ("today", "question"):
        open_page(page, id="L-01")
        assert drawn == ["menu"]
        drawn.clear()
