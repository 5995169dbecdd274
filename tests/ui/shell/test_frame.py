"""What stands around every page."""

import pytest

from prep.ui import page_paths

PAGES = [
    path.removeprefix("pages/").removesuffix(".py")
    for path in vars(page_paths).values()
    if str(path).startswith("pages/")
]


@pytest.mark.parametrize("name", PAGES)
def test_search_and_undo_stand_beside_every_page(open_page, db, name):
    page = open_page(name, id="L-01")
    keys = [button.key for button in page.sidebar.button]
    assert keys[:2] == ["search", "undo"]
