"""What may be imported, beyond what the contracts in pyproject.toml say."""

import ast
import sys

from tests.house import codebase


def _imported(module: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_nothing_is_imported_with_a_star() -> None:
    stars = [
        path
        for path in codebase.python_files()
        for node in ast.walk(codebase.tree(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert not stars


def test_the_ground_floor_imports_the_standard_library_only() -> None:
    others = [
        (path.name, name)
        for path in codebase.python_files("soh_author/domain")
        for name in _imported(codebase.tree(path))
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("soh_author.domain")
    ]
    assert not others


def test_the_ground_floor_opens_no_file() -> None:
    opened = [
        f"{path.name}:{node.lineno}"
        for path in codebase.python_files("soh_author/domain")
        for node in ast.walk(codebase.tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"open", "print", "input"}
    ]
    assert not opened


def test_every_package_has_its_floor() -> None:
    contracts = codebase.project()["tool"]["importlinter"]["contracts"]
    floors = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    named = [name.strip() for floor in floors for name in floor.split("|")]
    placed = {name.strip("()") for name in named}
    packages = {path.parent.name for path in (codebase.ROOT / "soh_author").glob("*/__init__.py")}
    modules = {path.stem for path in (codebase.ROOT / "soh_author").glob("*.py")} - {"__init__"}
    assert packages | modules <= placed
    assert {name for name in named if not name.startswith("(")} <= packages


def test_every_folder_of_code_is_a_package_with_a_sentence() -> None:
    folders = {path.parent for path in codebase.python_files("soh_author")}
    silent = [
        folder
        for folder in folders
        if not (folder / "__init__.py").exists()
        or not ast.get_docstring(codebase.tree(folder / "__init__.py"))
    ]
    assert not silent
