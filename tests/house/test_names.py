"""Names say what a thing is for."""

import ast
import re

import PySide6.QtCore
import PySide6.QtGui
import PySide6.QtPrintSupport
import PySide6.QtWebChannel
import PySide6.QtWebEngineCore
import PySide6.QtWebEngineWidgets
import PySide6.QtWidgets

from tests.house import codebase

_EMPTY_NAMES = {
    "common",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "util",
    "utils",
}
_QT_MODULES = (
    PySide6.QtCore,
    PySide6.QtGui,
    PySide6.QtPrintSupport,
    PySide6.QtWebChannel,
    PySide6.QtWebEngineCore,
    PySide6.QtWebEngineWidgets,
    PySide6.QtWidgets,
)


def _words(path_part: str) -> set[str]:
    return set(path_part.removesuffix(".py").split("_"))


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = [
        str(path.relative_to(codebase.ROOT))
        for path in codebase.python_files()
        if any(_words(part) & _EMPTY_NAMES for part in path.relative_to(codebase.ROOT).parts)
    ]
    assert not empty


def test_modules_are_named_in_snake_case() -> None:
    odd = [
        path for path in codebase.python_files() if not re.fullmatch(r"[a-z][a-z0-9_]*|__[a-z]+__", path.stem)
    ]
    assert not odd


def test_test_files_hold_tests() -> None:
    def is_test(found: codebase.Definition) -> bool:
        return found.name.rpartition(".")[2].startswith("test_")

    with_tests = {found.path for found in codebase.definitions("tests") if is_test(found)}
    without = [
        path
        for path in codebase.python_files("tests")
        if path.name.startswith("test_") and path not in with_tests
    ]
    misplaced = [path for path in with_tests if not path.name.startswith("test_")]
    assert not without, "These files are named like tests and hold none."
    assert not misplaced, "These files hold tests that pytest does not find."


def test_camel_case_is_used_only_where_qt_is_overridden() -> None:
    # By name, because PySide6 makes a type only when it is asked for.
    kinds = [getattr(module, name) for module in _QT_MODULES for name in dir(module)]
    qts = {name for kind in kinds if isinstance(kind, type) for name in dir(kind)}
    own = [
        found.where
        for found in codebase.definitions()
        if re.match(r"[a-z]+[A-Z]", found.node.name) and found.node.name not in qts
    ]
    assert not own


def test_months_and_weekdays_are_never_named_by_the_system() -> None:
    # strftime names them in the language of the process, which Qt sets to the system's; see domain/days.py.
    by_system = [
        f"{path.relative_to(codebase.ROOT)}:{node.lineno}"
        for path in codebase.python_files("soh_author")
        for node in ast.walk(codebase.tree(path))
        if isinstance(node, ast.FormattedValue)
        and node.format_spec is not None
        and re.search("%[AaBb]", ast.dump(node.format_spec))
    ]
    assert not by_system
