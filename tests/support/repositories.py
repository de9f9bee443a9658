"""Throw-away git repositories."""

import subprocess
from pathlib import Path


def git(repository: Path, *arguments: str) -> str:
    """Run git in ``repository`` and return what it printed, without the last line end.

    Raises:
        subprocess.CalledProcessError: git refused.
    """
    done = subprocess.run(
        ["git", "-C", str(repository), *arguments],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout.rstrip("\n")


def make_bare_repository(folder: Path) -> Path:
    """Make an empty bare repository whose first branch will be ``main``, and return ``folder``."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main")
    return folder
