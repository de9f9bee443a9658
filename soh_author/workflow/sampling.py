"""The sample: real in everything but the wording, with a history and a local origin, to try things on."""

import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from soh_author.domain.errors import WorkspaceError
from soh_author.domain.force import Manifest
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.gitstore.addresses import parse_address
from soh_author.gitstore.folders import read_folder
from soh_author.gitstore.store import MANIFEST, Store
from soh_author.gitstore.values import Revision
from soh_author.markup.front_matter import split
from soh_author.markup.yaml_editing import set_value
from soh_author.reading.files import read_file
from soh_author.settings.data_files import resources_dir
from soh_author.trust.keys import FILE
from soh_author.workflow.gate.installing import install
from soh_author.workflow.opening import open_address
from soh_author.workflow.practising import EDITOR, REVIEWER
from soh_author.workflow.release.policies import sample_policy
from soh_author.workflow.sampling_draft import write_draft
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.workspace import LIVE, Clock, Person, Workspace

ORIGIN = "origin.git"
KEYS = "keys"


def make_sample(folder: Path, person: Person, clock: Clock) -> Task[Workspace]:
    """Make the sample in a new or empty folder: ``origin.git`` and a workspace that was got from it.

    Its history has four versions: the national text, the overrides of groups, those of forces, and later
    edits of the national text, which some overrides have not followed. The last one brings a policy with
    three people, whose keys lie in ``keys``; the gate stands at the origin. A draft of Nia's waits there for
    review, with comments and a suggestion (see :mod:`soh_author.workflow.sampling_draft`).

    Raises (when run):
        WorkspaceError: when the folder is not new or empty.
        InvalidNameError: when nothing can be got from a folder of this name: it has a line break, say.
    """

    def work(progress: Progress) -> Outcome[Workspace]:
        if folder.exists() and any(folder.iterdir()):
            raise WorkspaceError(
                f"“{folder}” is not empty.",
                safe="Nothing was changed.",
                todo="Choose a new or an empty folder.",
            )
        parse_address(str((folder / ORIGIN).absolute()))
        progress.report(0, 3, "Writing the sample content")
        policy = sample_policy(folder / KEYS, _repository(), clock())
        _write_origin(folder / ORIGIN, policy.files, clock())
        write_draft(folder / ORIGIN, policy.keys, folder / "making", clock)
        install(folder / ORIGIN, clock(), sys.executable)
        progress.report(1, 3, "Getting the workspace")
        outcome = open_address(str((folder / ORIGIN).absolute()), folder / "workspace", person, clock).run(
            progress
        )
        trust_origin(outcome.value)  # it was made here, a moment ago
        told = (
            "The sample is ready. Nothing you do in it leaves this machine."
            f" Nia edits, Sam reviews, Alex publishes; their keys are in “{folder / KEYS}”."
        )
        return Outcome(outcome.value, outcome.effects, told)

    return Task("Making the sample", work, writes=True)


def sample_key(folder: Path, person: str) -> Path:
    """Where the key of one of the sample's people lies: ``nia``, ``sam`` or ``alex``."""
    return folder / KEYS / person / FILE


def _repository() -> str:
    """The number the sample's soh.yml gives it."""
    manifest = read_file(MANIFEST, (resources_dir() / "sample_content" / MANIFEST).read_bytes()).value
    assert isinstance(manifest, Manifest), "the sample says what it is"
    return manifest.repository


def _write_origin(folder: Path, policy: Mapping[str, bytes], now: datetime) -> None:
    final = {**read_folder(resources_dir() / "sample_content"), **policy}
    earlier = {**final, **read_folder(resources_dir() / "sample_earlier")}
    steps = [
        ("National text brought in", EDITOR, 400, _without(earlier, "groups/", "forces/")),
        ("Text of groups", REVIEWER, 330, _without(earlier, "forces/")),
        ("Text of forces", REVIEWER, 300, earlier),
        ("National wording revised", EDITOR, 30, final),
    ]
    with Store.create(folder) as store:
        head: Revision | None = None
        for note, person, days, files in steps:
            told: dict[str, bytes | None] = {
                path: _telling_where(path, data, head) for path, data in files.items()
            }
            if head is not None and note != "National wording revised":
                told = {path: data for path, data in told.items() if path not in store.files(head)}
            elif head is not None:
                told = {path: data for path, data in told.items() if not _is_override(path)}
            when = now - timedelta(days=days)
            head = store.write(LIVE, head, told, note=note, author=person.author, when=when)


def _without(files: Mapping[str, bytes], *folders: str) -> dict[str, bytes]:
    """Leave out the pages below some folders; profiles, facts and pictures stay."""
    return {
        path: data for path, data in files.items() if not (path.startswith(folders) and "/pages/" in path)
    }


def _telling_where(path: str, data: bytes, head: Revision | None) -> bytes:
    """An override whose pins say in which version the text above can be read."""
    if head is None or not _is_override(path) or not path.endswith(".en.md"):
        return data
    whole = split(data.decode())
    value = read_file(path, data).value
    raw = whole.raw_yaml
    if isinstance(value, Override):
        for op in value.ops:
            if op.base is not None:
                raw = set_value(raw, ("ops", op.number, "at"), str(head))
    elif isinstance(value, Page) and value.base is not None:
        raw = set_value(raw, ("at",), str(head))
    return whole.with_yaml(raw).encode()


def _is_override(path: str) -> bool:
    return path.startswith(("forces/", "groups/")) and "/pages/" in path
