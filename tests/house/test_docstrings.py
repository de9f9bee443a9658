"""Everything public says what it is."""

import ast
import re

from tests.house import codebase


def _is_private(found: codebase.Definition) -> bool:
    return any(part.startswith("_") and part != "__init__" for part in found.name.split("."))


def _decorators(node: codebase.type_of_definition) -> set[str]:
    return {ast.unparse(decorator).partition("(")[0].rpartition(".")[2] for decorator in node.decorator_list}


def _explains_itself(found: codebase.Definition) -> bool:
    """Overloads, setters and overridden methods are explained where they are declared first."""
    is_qts = re.match(r"[a-z]+[A-Z]", found.node.name) is not None
    return (
        is_qts
        or found.node.name == "__init__"
        or bool(_decorators(found.node) & {"overload", "override", "setter"})
    )


def _is_inside_a_function(found: codebase.Definition, functions: set[tuple[str, str]]) -> bool:
    parents = found.name.split(".")[:-1]
    return any(
        (str(found.path), ".".join(parents[: count + 1])) in functions for count in range(len(parents))
    )


def test_every_public_function_and_class_has_a_docstring() -> None:
    everything = codebase.definitions("soh_author")
    functions = {
        (str(found.path), found.name) for found in everything if not isinstance(found.node, ast.ClassDef)
    }
    silent = [
        found.where
        for found in everything
        if not _is_private(found)
        and not _explains_itself(found)
        and not _is_inside_a_function(found, functions)
        and not ast.get_docstring(found.node)
    ]
    assert not silent, "\n".join(silent)


def test_every_module_has_a_docstring() -> None:
    # An empty __init__.py in tests/ only makes its folder a package.
    trees = {path: codebase.tree(path) for path in codebase.python_files()}
    silent = [path for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)]
    assert not silent
