"""Where our templates and styles lie, and what they and this code amount to: a version."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def resource_folder() -> Path:
    """Folder ``resources``: inside an installed package, or at the top of a checkout."""
    package = Path(str(files("soh_author")))
    packed = package / "_data" / "resources"
    return packed if packed.is_dir() else package.parent / "resources"


@cache
def style(name: str) -> str:
    """Text of a stylesheet or script of ``resources/styles``."""
    return (resource_folder() / "styles" / name).read_text(encoding="utf-8")


def content_hash(text: str) -> str:
    """Ten digits that change with the text: for file names that may be cached for ever."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@cache
def template_version() -> str:
    """Version of the rendering.

    A hash of templates, styles and the code that makes HTML. Listed in releases.
    """
    here = Path(str(files("soh_author")))
    sources = [
        *(path for path in (resource_folder() / "templates").rglob("*") if path.is_file()),
        *(resource_folder() / "styles").glob("*"),
        *(here / "render").rglob("*.py"),
        *(here / "markup").rglob("*.py"),
    ]
    digest = hashlib.sha256()
    for path in sorted(sources, key=lambda path: (path.name, path.parent.name)):
        # Line ends may differ between a checkout and an installed copy; the version must not.
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]
