"""The layers of CONTRIBUTING.md: what may import what."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*ROOT.glob("prep/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"])


def imported(path):
    """Return the modules that a file imports, `from prep import x` as `prep.x`."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_face(path):
    relative = path.relative_to(ROOT)
    return relative.parts[0] in ("pages", "app.py") or relative.parts[:2] == ("prep", "ui")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_streamlit_stays_in_the_face(path):
    tops = {name.partition(".")[0] for name in imported(path)}
    if not is_face(path):
        assert "streamlit" not in tops
        assert not any(name.startswith("prep.ui") for name in imported(path))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "prep" / "charts").glob("*.py")), ids=lambda path: path.stem
)
def test_charts_do_not_read_the_database(path):
    reads = {"sqlite_utils", "prep.database", "prep.questions", "prep.coverage"}
    assert not imported(path) & reads


@pytest.mark.parametrize(
    "module",
    ["activity", "coverage", "forecast", "moves", "plan", "questions", "rubric", "standing"],
)
def test_readers_do_not_write(module):
    source = (ROOT / "prep" / f"{module}.py").read_text()
    assert "prep.database.writing" not in imported(ROOT / "prep" / f"{module}.py")
    assert not any(word in source for word in ("INSERT ", "UPDATE ", "DELETE ", "upsert"))


def test_the_path_of_the_database_is_asked_for_at_the_gate_alone():
    """Only the session, which asks who is there, may say which file is opened."""
    faces = [path for path in SOURCES if is_face(path)]
    asking = {path.name for path in faces if "default_path" in path.read_text()}
    assert asking == {"session.py"}


def test_files_are_taken_by_what_lets_go_of_them_alone():
    faces = [path for path in SOURCES if is_face(path)]
    assert {path.name for path in faces if "file_uploader" in path.read_text()} == {"uploads.py"}


def test_files_are_written_in_one_place():
    """Whatever a person may name goes through `prep.output`, which refuses what must stay."""
    writing = ("write_bytes", "write_text", "copyfile", "copy2")
    uploads = {"prep/ui/backups.py", "prep/ui/bring_in.py"}  # into a temporary folder
    found = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and (node.func.attr in writing or (node.func.attr == "open" and opens_to_write(node)))
    }  # fmt: skip
    assert found == {"prep/output.py", *uploads}


def opens_to_write(call):
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    modes = [value.value for value in given if isinstance(value, ast.Constant)]
    return any(isinstance(mode, str) and set(mode) & set("wax+") for mode in modes)
