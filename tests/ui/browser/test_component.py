"""A component is made of the files that have its name."""

import pytest

from prep.ui.browser import component


@pytest.fixture
def made(monkeypatch):
    """What Streamlit was given, by name."""
    given = {}
    monkeypatch.setattr(
        component.st.components.v2,
        "component",
        lambda name, **parts: given.setdefault(name, parts),
    )
    return given


def test_its_files_are_read_and_what_it_lacks_is_none(made, monkeypatch, tmp_path):
    (tmp_path / "ring.js").write_text("// é", encoding="utf-8")
    monkeypatch.setattr(component, "_STATIC", tmp_path)
    component.load("ring", isolate_styles=False)
    assert made == {"prep_ring": {"html": None, "css": None, "js": "// é", "isolate_styles": False}}


@pytest.mark.parametrize("name", ["autosave", "countdown", "scrolling", "deferred_refresh"])
def test_each_that_pages_draw_has_a_script(made, name):
    component.load(name)
    assert made[f"prep_{name}"]["js"]
