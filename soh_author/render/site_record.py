"""What a build made from what: kept beside the site, so that the next build does only what changed.

One SQLite file in each version: a row per page with the stamps of its files, what it used, and for each
public the address, title and digest of its output; what several publics have in common stands in a row once.
It is a cache: deleting it only makes the next build a whole one.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

LAYOUT = 2


class Built(NamedTuple):
    """One output as it was built: its file below the site, address, title, summary and digest."""

    path: str
    url: str
    title: str
    summary: str
    digest: str


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One page as it was built: its files, names of all it used, outputs by ``force/language``.

    ``stamp`` names all of ``files``, the stamp of each by its path.
    """

    page: str
    stamp: str
    files: Mapping[str, str]
    uses: tuple[str, ...]
    outputs: Mapping[str, Built]


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """What a build made; ``settings`` are compared whole, ``names`` hold the stamp of each thing used."""

    settings: Mapping[str, str]
    names: Mapping[str, str]
    stamps: Mapping[str, str]


def read_record(file: Path) -> SiteRecord | None:
    """The record of a build, without its rows; None when there is none that can be read."""
    try:
        with closing(_connect(file)) as base:
            settings = dict(base.execute("SELECT name, value FROM setting"))
            names = dict(base.execute("SELECT name, stamp FROM used"))
            stamps = dict(base.execute("SELECT page, stamp FROM page"))
    except sqlite3.Error:
        return None
    return SiteRecord(settings, names, stamps) if settings.get("layout") == str(LAYOUT) else None


def read_names(file: Path, names: Iterable[str]) -> dict[str, str]:
    """The stamps of some names, without reading the rest; those that are not there are left out."""
    try:
        with closing(_connect(file)) as base:
            ask = "SELECT name, stamp FROM used WHERE name = ?"
            return dict(row for name in names for row in base.execute(ask, (name,)))
    except sqlite3.Error:
        return {}


def read_pages(file: Path, pages: Iterable[str] | None = None) -> dict[str, PageRecord]:
    """Rows of some pages (None: all)."""
    with closing(_connect(file)) as base:
        if pages is None:
            rows = base.execute("SELECT page, stamp, files, uses, outputs FROM page ORDER BY page").fetchall()
        else:
            ask = "SELECT page, stamp, files, uses, outputs FROM page WHERE page = ?"
            rows = [row for page in pages for row in base.execute(ask, (page,))]
    return {row[0]: _page_record(*row) for row in rows}


def read_uses(file: Path) -> dict[str, tuple[str, ...]]:
    """What each page used."""
    with closing(_connect(file)) as base:
        return {page: tuple(json.loads(uses)) for page, uses in base.execute("SELECT page, uses FROM page")}


PageRow = tuple[str, str, str, str, str]
"""A page's record as it is stored: made where the page is made, which may be another process."""


def write_record(
    file: Path,
    record: SiteRecord,
    changed: Iterable[PageRow],
    gone: Iterable[str] = (),
    *,
    earlier: Path | None = None,
) -> None:
    """Write a new record: that of an earlier build with some rows changed or gone, or a whole new one.

    Raises:
        OSError: when the disk is full.
        sqlite3.Error: likewise.
    """
    if earlier is not None:
        shutil.copyfile(earlier, file)
    with closing(sqlite3.connect(file)) as base:
        base.executescript(_TABLES)
        base.execute("DELETE FROM setting")
        base.execute("DELETE FROM used")
        base.executemany(
            "INSERT INTO setting VALUES (?, ?)", {**record.settings, "layout": str(LAYOUT)}.items()
        )
        base.executemany("INSERT INTO used VALUES (?, ?)", record.names.items())
        base.executemany("DELETE FROM page WHERE page = ?", [(page,) for page in gone])
        base.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)", changed)
        base.commit()


_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS used (name TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS page (
    page TEXT PRIMARY KEY, stamp TEXT NOT NULL, files TEXT NOT NULL, uses TEXT NOT NULL, outputs TEXT NOT NULL
);
"""


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True)


def row_of(record: PageRecord) -> PageRow:
    """A page's record as it is stored."""
    shown: dict[tuple[str, str, str, str], int] = {}
    outputs = {}
    for key, built in record.outputs.items():
        below = built.path.removeprefix(_folder(key))
        number = shown.setdefault((below, built.url, built.title, built.summary), len(shown))
        outputs[key] = (number, built.digest)
    return record.page, record.stamp, _said(record.files), _said(record.uses), _said([list(shown), outputs])


def _page_record(page: str, stamp: str, files: str, uses: str, outputs: str) -> PageRecord:
    shown, rest = json.loads(outputs)
    built = {}
    for key, (number, digest) in rest.items():
        below, url, title, summary = shown[number]
        built[key] = Built(_folder(key) + below, url, title, summary, digest)
    return PageRecord(page, stamp, json.loads(files), tuple(json.loads(uses)), built)


def _folder(key: str) -> str:
    """Where a force's files are, by the key of one of its outputs."""
    return key.partition("/")[0]


_said = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
