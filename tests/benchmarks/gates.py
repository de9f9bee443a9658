"""The gate on a large repository: how long a publisher waits while the server judges a release."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from soh_author.domain.ids import DraftName, ForceId, Language, PageId, PersonId
from soh_author.domain.judging.release import Release, ReleaseKind
from soh_author.gitstore.values import Author, Stamp
from soh_author.workflow.approvals.releasing_files import release_bytes, release_path
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.gate.installing import install
from soh_author.workflow.release.publishing import Wish, plan
from soh_author.workflow.workspace import CONTENT
from tests.attacks.people import REPOSITORY, make_crew
from tests.attacks.world import HOUR, Attempt, World
from tests.benchmarks.table import Row, middle, seconds
from tests.benchmarks.workload import FORCES, Size, force_name, workload
from tests.benchmarks.worlds import opened, scratch

_OUTPUTS_OF_A_PAGE = 48
_HOOK, _JUDGE = "soh_author.cli.gate_judge", "soh_author.cli.push_judge"


def measure_gates(pages: int, outputs: int, releases: int, times: int) -> Iterator[Row]:
    """Judge a release of one page, and one of so many outputs, on so many pages after so many releases."""
    with scratch() as folder:
        world = large_world(folder, Size(pages), releases)
        try:
            size = f"{pages:,} pages × 44 forces, {releases:,} releases"
            yield from _on_server(world.copy(folder / "server.git"), outputs, size, times)
            yield from _planning(world, folder, size, times)
        finally:
            world.store.close()


def _on_server(world: World, outputs: int, size: str, times: int) -> Iterator[Row]:
    """What a publisher waits for while git asks its hook, beyond the start of the program."""
    install(world.folder, world.now, sys.executable, pin=world.pin)
    start = middle(_start, times)
    batch = outputs // _OUTPUTS_OF_A_PAGE
    for what, pages, limit in (("one page", 1, 0.5), (f"{outputs:,} outputs", batch, 2.0)):
        took = _judging(world, pages, times)
        beside = f"program start {start * 1000:.0f} ms, not counted"
        yield Row(f"gate: {what} changed, {size}", took - start, limit, beside=beside)
    world.store.close()


def _planning(world: World, folder: Path, size: str, times: int) -> Iterator[Row]:
    """What a publisher waits for before the server is asked; nobody has approved it yet."""
    with opened(folder) as workspace:
        new_draft(workspace, "bench").run()
        for path, data in changed_pages(world, 1).items():
            save_private(workspace, "bench", path, data.decode()).run()
        save_version(workspace, "bench", "A note").run()
        signer = world.crew.signers["pat"]
        first = seconds(lambda: plan(workspace, Wish(("bench",)), signer).run())
        took = middle(lambda: plan(workspace, Wish(("bench",)), signer).run(), times)
        yield Row(f"plan a release of one page, {size}, first time", first, None)
        yield Row(f"plan a release of one page, {size}, again", took, 0.5)


def _start() -> None:
    """What git's hook starts, with nothing to judge."""
    subprocess.run([sys.executable, "-I", "-c", f"import {_JUDGE}"], check=True)


def _judging(world: World, pages: int, times: int) -> float:
    """As git's hook does it, in a process of its own."""
    update = world.update(world.build(Attempt(changed_pages(world, pages))))
    line = f"{update.old} {update.new} {update.ref}\n".encode()
    judge = [sys.executable, "-I", "-m", _HOOK]
    return middle(lambda: subprocess.run(judge, cwd=world.folder, input=line, check=True), times)


def changed_pages(world: World, count: int) -> Mapping[str, bytes]:
    """So many shared pages with other words in them."""
    files = world.store.files(world.tip)
    paths = [path for path in files if path.startswith("shared/pages/") and path.endswith(".en.md")][:count]
    texts = world.store.read_many(files[path].blob for path in paths)
    return {
        path: texts[files[path].blob].replace(b"\n---\n", b"\n---\nFrom today on this is so. ", 1)
        for path in paths
    }


def large_world(folder: Path, size: Size, releases: int) -> World:
    """A repository of a size in which some releases went out already."""
    now = datetime.now(UTC).replace(microsecond=0)
    world = World(folder / CONTENT, make_crew(folder / "keys"), now)
    files = workload(size)
    manifest = files["soh.yml"].partition(b"repository: ")
    rest = manifest[2].partition(b"\n")[2]
    files["soh.yml"] = manifest[0] + manifest[1] + REPOSITORY.encode() + b"\n" + rest
    files |= world.crew.signed(world.crew.policy, "nia", "sam")
    stamp = Stamp("The first content", Author("Nia", "nia@national.example"), now - 48 * HOUR)
    files |= dict(_releases(releases, now, world.crew.policy.version))
    world.store.write_version("published", None, files, stamp)
    return world


def _releases(count: int, now: datetime, policy_version: int) -> Iterator[tuple[str, bytes]]:
    """Files of releases of one page each, one an hour."""
    for number in range(count):
        page = PageId(f"advice/topic-000/page-{number:05}")
        release = Release(
            id=f"release-{number:05}",
            kind=ReleaseKind.ORDINARY,
            publisher=PersonId("pat"),
            when=now - (count + 48 - number) * HOUR,
            note="One page",
            drafts=(DraftName("fees"),),
            outputs={
                (page, ForceId(force_name(force)), Language.EN): f"sha256:{number:032x}{force:032x}"
                for force in range(FORCES)
            },
            template="1",
            policy_version=policy_version,
            sources={f"shared/pages/{page}.en.md": f"sha256:{number:064x}"},
            records=(f"{number:064x}", f"{number + count:064x}"),
        )
        yield release_path(release.id), release_bytes(release)
