"""Looks at what is left after something went wrong, without trusting the program that did it.

Git itself is asked whether a repository is whole; texts are looked for in versions and journals; then people
start their programs again, without any repair, and do what they wanted to do.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from soh_author.domain.errors import NotFoundError
from soh_author.gitstore.served import all_refs
from soh_author.workflow.drafting import new_draft, recovered, save_private, save_version
from soh_author.workflow.gate.recording import audit
from soh_author.workflow.together.sending import send_draft
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import CONTENT, Workspace
from tests.support.people import FEES, VEHICLES
from tests.torture.stages import MINE, NEW, Lab
from tests.torture.verbs import TYPED, Verb

_LIVE = "refs/heads/published"
_RELEASE = "refs/tags/releases/2026-fees"


@dataclass(frozen=True, slots=True)
class Before:
    """Where everything stood before: names with what they stood at, of every repository."""

    names: dict[str, dict[str, str]]

    @classmethod
    def of(cls, lab: Lab) -> "Before":
        """As it stands now."""
        return cls({name: all_refs(folder) for name, folder in lab.stores.items()})


def let_time_pass(lab: Lab) -> None:
    """A person starts the program again a minute later: what nobody holds any more is old by then."""
    for place in lab.run.rglob("*"):
        is_aside = any(part.startswith(f".{CONTENT}-") for part in place.parts)
        if is_aside or (place.suffix in {".lock", ".new"} and place.is_file()):
            os.utime(place, (1, 1), follow_symlinks=False)


def found_wrong(lab: Lab, verb: Verb, before: Before) -> Iterator[str]:
    """Everything that is wrong now; then everything that is wrong after the program was started again."""
    if verb.mends:
        with lab.desk(verb.who) as desk:
            verb.run(desk)
        with lab.desk("nia") as nia:
            yield from _lost(nia.workspace, was_typing=False)
            if NEW not in (nia.workspace.snapshot("fees").text(FEES) or ""):
                yield "a draft that was damaged lost its words"
    yield from _damage(lab)
    yield from _between(lab, before)
    with lab.desk(verb.who) as desk:
        if verb.who == "nia":
            yield from _lost(desk.workspace, was_typing=verb.is_typed)
        if verb.reaches_origin:
            get_latest(desk.workspace).run()
        if not verb.is_done(desk):
            verb.run(desk)
        if not verb.is_done(desk):
            yield "done again, it still isn't done"
    yield from _damage(lab)
    yield from _between(lab, before)
    yield from _unlogged(lab)


def _damage(lab: Lab) -> Iterator[str]:
    for name, folder in lab.stores.items():
        command = ["git", "--git-dir", str(folder), "fsck", "--full", "--strict", "--no-dangling"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said = "; ".join((done.stdout + done.stderr).splitlines()[:3])
        if done.returncode or "missing" in said or "broken" in said:
            yield f"{name} is damaged: {said}"


def _between(lab: Lab, before: Before) -> Iterator[str]:
    """The origin's live version moves together with a release's name; no name is lost but a draft's."""
    for name, folder in lab.stores.items():
        old, new = before.names[name], all_refs(folder)
        has_moved = old.get(_LIVE) != new.get(_LIVE)
        is_named = _RELEASE in new and _RELEASE not in old
        if name == "origin" and has_moved is not is_named:
            yield "at the origin a release's version is live without its name, or the other way round"
        if has_moved and _parent(folder, new[_LIVE]) != old[_LIVE]:
            yield f"what is live in {name} isn't one version on top of what was"
        for ref in sorted(old.keys() - new.keys() - {"refs/heads/drafts/fees"}):
            yield f"{name} lost {ref}"


def _parent(folder: Path, version: str) -> str:
    command = ["git", "--git-dir", str(folder), "rev-parse", f"{version}^"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _lost(workspace: Workspace, *, was_typing: bool) -> Iterator[str]:
    """Words of a draft, and words that were typed a moment before, are in a version or in the journal."""
    if MINE not in (workspace.snapshot("own").text(VEHICLES) or ""):
        yield "a saved draft lost its words"
    texts = [text.text for text in recovered(workspace)]
    texts += [entry.text for entry in workspace.journal.entries()]
    try:
        texts.append(workspace.snapshot("fees").text(FEES) or "")
    except NotFoundError:
        texts += [""]
    if was_typing and not any(TYPED in text for text in texts):
        yield "what was typed is nowhere"


def _unlogged(lab: Lab) -> Iterator[str]:
    """After one more push the server's log is whole, and tells where everything stands."""
    origin = lab.stores["origin"]
    if not audit(origin).is_sound:
        with lab.desk("nia") as nia:
            get_latest(nia.workspace).run()
            new_draft(nia.workspace, "one-more").run()
            save_private(nia.workspace, "one-more", FEES, "Other words.\n").run()
            save_version(nia.workspace, "one-more", "Other words").run()
            send_draft(nia.workspace, "one-more").run()
    yield from audit(origin).faults
