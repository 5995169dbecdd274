"""What keeps text areas is drawn once on each page."""

from prep.ui.browser import autosave


def test_every_page_draws_it_once(open_page, db, monkeypatch):
    drawn = []
    monkeypatch.setattr(autosave, "_autosave", lambda **parts: drawn.append(parts["key"]))
    for page in ("today", "question"):
        open_page(page, id="L-01")
        assert drawn == ["autosave"]
        drawn.clear()
