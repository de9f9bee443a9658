"""A disk on which the journal finds no more room."""

from collections.abc import Iterator
from contextlib import contextmanager

from soh_author.workflow.workspace import Workspace


@contextmanager
def full_disk(workspace: Workspace) -> Iterator[None]:
    """While this lasts, the journal can't grow: SQLite itself says that the disk is full."""
    connection = workspace.journal._database._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (most,) = connection.execute("PRAGMA max_page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA max_page_count={most}")
