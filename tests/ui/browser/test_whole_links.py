"""Links to pages show long labels whole."""

from prep.ui.browser import whole_links


def test_the_page_is_given_its_style_once(monkeypatch):
    given = []
    monkeypatch.setattr(whole_links, "_style", lambda **parts: given.append(parts))
    whole_links.show()
    assert given == [{"key": "whole-links"}]
