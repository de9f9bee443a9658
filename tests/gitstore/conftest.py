"""A store with a few files in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision
from tests.gitstore.content import save


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[Store]:
    """A store without a single version."""
    with Store.create(tmp_path / "content.git") as made:
        yield made


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A store with one published version of three files."""
    save(
        empty_store,
        {
            "soh.yml": b"schema: 1\n",
            "shared/pages/advice/burglary.en.md": b"---\ntitle: Burglary\n---\nLock the door.\n",
            "forces/gwent/pages/advice/burglary.en.md": b"---\noverrides: advice/burglary\n---\n",
        },
        expected=None,
    )
    return empty_store


@pytest.fixture
def live(store: Store) -> Revision:
    """The published version."""
    return store.resolve("published")
