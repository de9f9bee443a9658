"""Where the files that come with the program lie: ``resources/`` and ``content_schema/``.

In a checkout they stand at its top, where people look for them; an installed copy carries them inside the
package (see the wheel's sources in ``pyproject.toml``).
"""

from pathlib import Path

import soh_author

_PACKAGE = Path(soh_author.__file__).resolve().parent


def resources_dir() -> Path:
    """Folder of templates, styles, icons, texts, help and sample content."""
    return _find("resources")


def schema_dir() -> Path:
    """Folder of the content schema: page types, JSON schemas, examples, glossary."""
    return _find("content_schema")


def _find(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    folder = installed if installed.is_dir() else _PACKAGE.parent / name
    assert folder.is_dir(), f"The folder {name} is missing beside the program; install it again."
    return folder
