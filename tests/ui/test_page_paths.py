"""Each page has one address, and a file there."""

from pathlib import Path

from prep.ui import page_paths

ROOT = Path(__file__).parents[2]
PATHS = {name: path for name, path in vars(page_paths).items() if name.isupper()}


def test_every_page_is_named_once():
    files = {f"pages/{file.name}" for file in (ROOT / "pages").glob("*.py")}
    assert sorted(PATHS.values()) == sorted(files)


def test_a_name_is_that_of_its_file():
    assert all(path == f"pages/{name.lower()}.py" for name, path in PATHS.items())
