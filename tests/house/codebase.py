"""The project's own files, read once, as the house tests look at them."""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CODE_FOLDERS = ("soh_author", "tests")
FOLDERS = (*CODE_FOLDERS, "resources", "content_schema", ".ci")
TOP_FILES = ("pyproject.toml", "README.md", "Makefile", "LICENSE", "requirements.lock", ".gitignore")
# Left in the checkout by tools; .gitignore names them too.
MADE_BY_TOOLS = frozenset(
    {
        ".git",
        ".hypothesis",
        ".import_linter_cache",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".venv",
        "__pycache__",
        "build",
        "dist",
    }
)
_PICTURES = frozenset({".gif", ".ico", ".jpeg", ".jpg", ".pdf", ".png", ".webp", ".docx", ".zip", ".woff2"})

type_of_definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Definition:
    """A function or class as written: where it stands, its dotted name in the file, and its node."""

    path: Path
    name: str
    node: type_of_definition

    @property
    def lines(self) -> int:
        """Lines from ``def`` or ``class`` to the end; decorators do not count."""
        return (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1

    @property
    def where(self) -> str:
        """Place and name, as an editor would open it."""
        return f"{self.path.relative_to(ROOT)}:{self.node.lineno} {self.name}"


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """All Python files below ``folders`` (all of the project's when none is given), sorted."""
    return tuple(sorted(path for path in files(*(folders or CODE_FOLDERS)) if path.suffix == ".py"))


@cache
def files(*folders: str) -> tuple[Path, ...]:
    """All files below ``folders`` that are not made by tools, sorted."""
    everything = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    return tuple(
        sorted(path for path in everything if MADE_BY_TOOLS.isdisjoint(path.relative_to(ROOT).parts))
    )


@cache
def texts() -> tuple[tuple[Path, str], ...]:
    """Every text file of the project with its text."""
    paths = [path for path in files(*FOLDERS) if path.suffix.lower() not in _PICTURES]
    paths += [ROOT / name for name in TOP_FILES if (ROOT / name).exists()]
    # Examples of broken content hold broken bytes on purpose.
    return tuple((path, path.read_text(encoding="utf-8", errors="replace")) for path in paths)


@cache
def tree(path: Path) -> ast.Module:
    """Syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def definitions(*folders: str) -> tuple[Definition, ...]:
    """Every function, method and class below ``folders``, also those inside others."""
    return tuple(found for path in python_files(*folders) for found in _inside(path, tree(path), ""))


def _inside(path: Path, node: ast.AST, prefix: str) -> Iterator[Definition]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, type_of_definition):
            name = f"{prefix}{child.name}"
            yield Definition(path, name, child)
            yield from _inside(path, child, f"{name}.")
        elif not isinstance(child, ast.expr):  # nine nodes of ten, and nothing is defined in them
            yield from _inside(path, child, prefix)


def comments(path: Path, word: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Every comment, with its line number, of a Python file in which a word occurs somewhere."""
    text = path.read_text(encoding="utf-8")
    if not word.search(text):
        return  # reading signs one by one takes a hundred times as long
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


@cache
def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
