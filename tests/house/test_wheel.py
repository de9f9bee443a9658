"""An installed copy carries what the checkout keeps at its top level."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house import codebase

_SAY = "from soh_author.settings import data_files as d; print(d.resources_dir(), d.schema_dir(), sep='\\n')"


@pytest.mark.slow
def test_resources_and_schema_are_found_in_an_installed_wheel(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=codebase.ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)  # which is all that installing a pure wheel does

    said = subprocess.run(
        [sys.executable, "-c", _SAY],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )

    resources, schema = map(Path, said.stdout.splitlines())
    assert resources.is_relative_to(installed)
    assert schema.is_relative_to(installed)
    for here, there in ((codebase.ROOT / "resources", resources), (codebase.ROOT / "content_schema", schema)):
        wanted = {path.relative_to(here) for path in codebase.files(here.name)}
        assert {path.relative_to(there) for path in there.rglob("*") if path.is_file()} >= wanted
    assert not (installed / "tests").exists()
