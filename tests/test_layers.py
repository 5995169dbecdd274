"""The order of packages in CONTRIBUTING.md, and what may be done where."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*ROOT.glob("prep/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"])
# From the top down: a module imports from its own line and those below. Of what none of them names,
# as `prep.errors`, each is below all.
ORDER = (
    "app",
    "pages",
    "prep.__main__",
    "prep.cli",
    "prep.ui.shell",
    "prep.ui.data",
    "prep.ui.workspace",
    "prep.ui.practice",
    "prep.ui.plan",
    "prep.ui.question",
    "prep.ui.widgets",
    "prep.ui.visit",
    "prep.ui.server",
    "prep.ui.browser",
    "prep.ui",
    "prep.charts",
    "prep.exchange",
    "prep.planning",
    "prep.practice",
    "prep.progress",
    "prep.content",
    "prep.store",
    "prep.markdown",
    "prep",
)
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCES
}


def imported(path):
    """Return the modules that a file imports, `from prep import x` as `prep.x`."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


OWN = [path.relative_to(ROOT / "prep") for path in SOURCES if path.is_relative_to(ROOT / "prep")]


@pytest.mark.parametrize("own", [own for own in OWN if not own.name.startswith("__")], ids=str)
def test_every_module_has_a_test_file_of_its_name(own):
    """`tests/` has the same packages as `prep/`."""
    assert (ROOT / "tests" / own.parent / f"test_{own.name}").is_file()


def level(module):
    """Return how far down a module stands: the place of the longest name that begins its own."""
    fits = [name for name in ORDER if module == name or module.startswith(f"{name}.")]
    return ORDER.index(max(fits, key=len))


def is_face(path):
    relative = path.relative_to(ROOT)
    return relative.parts[0] in ("pages", "app.py") or relative.parts[:2] == ("prep", "ui")


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module):
    """No module imports from a package above its own."""
    own = {name for name in imported(MODULES[module]) if name in MODULES} - {"prep"}
    assert [name for name in sorted(own) if level(name) < level(module)] == []


def test_no_module_imports_itself_by_way_of_others():
    imports = {
        module: {name for name in imported(path) if name in MODULES and name != module}
        for module, path in MODULES.items()
    }
    while leaves := [module for module, names in imports.items() if not names & set(imports)]:
        for module in leaves:
            del imports[module]
    assert not imports, "what is left imports each other"


def test_the_order_names_packages_that_are_there():
    there = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    named = {name for name in ORDER if name not in ("app", "pages", "prep.__main__")}
    assert named == there - {"prep.content.sites"}


def test_contributing_shows_the_same_tree():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    tree = re.search(r"```\n(app\.py.*?)```", text, re.DOTALL)[1]
    shown = re.findall(r"^ *(\w+)/", tree, re.MULTILINE)
    assert [name for name in shown if name != "sites"] == ["pages", "prep", *in_tree()]


def in_tree():
    """Return the packages in the order of a tree, each before what is in it."""
    in_ui = [name for name in ORDER if name.startswith("prep.ui.")]
    others = [name for name in ORDER if name.startswith("prep.") and name not in in_ui]
    tree = [name for name in others if name not in ("prep.__main__", "prep.ui")]
    tree[1:1] = ["prep.ui", *in_ui]  # below the command line
    return [name.rpartition(".")[2] for name in tree]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_streamlit_stays_in_the_face(path):
    if not is_face(path):
        assert "streamlit" not in {name.partition(".")[0] for name in imported(path)}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "prep" / "charts").glob("*.py")), ids=lambda path: path.stem
)
def test_charts_do_not_read_the_database(path):
    assert not any(name.startswith(("sqlite", "prep.store")) for name in imported(path))


@pytest.mark.parametrize(
    "module",
    [
        "progress.activity",
        "progress.coverage",
        "planning.forecast",
        "planning.moves",
        "planning.schedule",
        "planning.plan_status",
        "content.questions",
        "practice.rubric",
    ],
)
def test_readers_do_not_write(module):
    path = MODULES[f"prep.{module}"]
    assert "prep.store.database.writing" not in imported(path)
    source = path.read_text()
    assert not any(word in source for word in ("INSERT ", "UPDATE ", "DELETE ", "upsert"))


def test_the_path_of_the_database_is_asked_for_at_the_gate_alone():
    """Only the session, which asks who is there, may say which file is opened."""
    faces = [path for path in SOURCES if is_face(path)]
    asking = {path.name for path in faces if "default_path" in path.read_text()}
    assert asking == {"session.py"}


def test_files_are_taken_by_what_lets_go_of_them_alone():
    taking = ("st.file_uploader", "st.audio_input", "st.camera_input")
    faces = [path for path in SOURCES if is_face(path)]
    found = {path.name for path in faces if any(way in path.read_text() for way in taking)}
    assert found == {"uploads.py"}


def test_files_are_written_in_one_place():
    """Whatever a person may name goes through `prep.store.output`, which refuses what must stay."""
    writing = ("write_bytes", "write_text", "copyfile", "copy2")
    uploads = {"prep/ui/data/backups.py", "prep/ui/data/imports.py"}  # into a temporary folder
    found = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in writing or (node.func.attr == "open" and opens_to_write(node)))
    }
    assert found == {"prep/store/output.py", *uploads}


def opens_to_write(call):
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    modes = [value.value for value in given if isinstance(value, ast.Constant)]
    return any(isinstance(mode, str) and set(mode) & set("wax+") for mode in modes)


@pytest.mark.parametrize("path", SOURCES, ids=[p.relative_to(ROOT).as_posix() for p in SOURCES])
def test_no_variable_has_the_name_of_a_module_that_its_file_imports(path):
    tree = ast.parse(path.read_text())
    modules = {name.rpartition(".")[2] for name in imported(path) if name in MODULES}
    modules &= {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = [node for function in functions for node in ast.walk(function)]
    variables = {node.arg for node in inside if isinstance(node, ast.arg)}
    variables |= {
        node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    assert not modules & variables


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_function_says_what_it_is_for(path):
    tree = ast.parse(path.read_text())
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


MOST_LINES = 250  # the list of migrations grows with the schema


def test_no_module_is_long():
    lines = {path.name: len(path.read_text().splitlines()) for path in SOURCES}
    assert {name for name, count in lines.items() if count > MOST_LINES} <= {"migrations.py"}
