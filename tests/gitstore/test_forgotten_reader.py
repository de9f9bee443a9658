"""A store that nobody closed leaves no process behind."""

import gc
from datetime import UTC, datetime
from pathlib import Path

from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Author


def test_a_forgotten_store_takes_its_process_along(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "content.git")
    when = datetime(2026, 11, 22, tzinfo=UTC)
    revision = store.write("published", None, {"soh.yml": b"x"}, note="x", author=Author("J", ""), when=when)
    assert store.read_path(revision, "soh.yml") == b"x"
    process = store.reader._process
    assert process is not None
    assert process.poll() is None
    del store
    gc.collect()
    assert process.poll() is not None
