"""A small workspace for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from soh_author.workflow.workspace import Workspace
from tests.support.content import small_workspace
from tests.support.people import Office, office


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with the small content; see tests/support/content.py."""
    with small_workspace(tmp_path) as made:
        yield made


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Office]:
    """Three people with keys and one origin; see tests/support/people.py."""
    with office(tmp_path) as made:
        yield made
