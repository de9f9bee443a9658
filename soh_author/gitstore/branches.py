"""Branches and where they stand."""

from pathlib import Path

from soh_author.gitstore import names, refs
from soh_author.gitstore.commits import decode_commit
from soh_author.gitstore.objects import ObjectReader
from soh_author.gitstore.values import Branch


def read_branches(folder: Path, reader: ObjectReader, prefix: str) -> list[Branch]:
    """``published`` and drafts whose refs start with ``prefix``, newest first; damaged ones are left out."""
    found = [(ref.removeprefix(prefix), sha) for ref, sha in refs.list_refs(folder, prefix)]
    stored = reader.get_many([sha for _, sha in found])
    branches = [
        Branch(name, decode_commit(sha, stored[sha].data))
        for name, sha in found
        if sha in stored and names.is_branch(name)
    ]
    return sorted(branches, key=lambda branch: branch.version.when, reverse=True)
