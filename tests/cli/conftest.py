"""The sample as a workspace, made once; tests that write get a copy."""

import shutil
from pathlib import Path

import pytest

from soh_author.settings.data_files import resources_dir
from tests.cli.terminal import Terminal


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the sample: ``origin.git`` and ``workspace``. Tests only read it."""
    folder = tmp_path_factory.mktemp("sample") / "sample"
    printed = Terminal(folder / "nobody.json").type_exactly("sample", folder)
    assert printed.code == 0, printed.err
    return folder


@pytest.fixture(scope="session")
def reader(sample_folder: Path) -> Terminal:
    """A terminal in the sample, for verbs that only read."""
    return Terminal(sample_folder / "nobody.json", sample_folder / "workspace")


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A terminal in a workspace of one version: the sample content as it lies in its folder. Only read."""
    folder = tmp_path_factory.mktemp("plain") / "workspace"
    terminal = Terminal(folder / "nobody.json")
    printed = terminal.type_exactly("init", folder, "--from", resources_dir() / "sample_content")
    assert printed.code == 0, printed.err
    return Terminal(folder / "nobody.json", folder)


@pytest.fixture
def writer(sample_folder: Path, tmp_path: Path) -> Terminal:
    """A terminal in a workspace of its own, a copy of the sample."""
    workspace = tmp_path / "workspace"
    shutil.copytree(sample_folder / "workspace", workspace)
    return Terminal(tmp_path / "nobody.json", workspace)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Terminal:
    """A terminal without a workspace."""
    return Terminal(tmp_path / "nobody.json")
