"""The gate on a large repository: how long a publisher waits while the server judges a release."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from soh_author.domain.ids import DraftName, ForceId, Language, PageId, PersonId
from soh_author.domain.judging.release import Release, ReleaseKind
from soh_author.gitstore.values import Author, Stamp
from soh_author.workflow.approvals.releasing_files import release_bytes, release_path
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.gate.remembering import FOLDER
from soh_author.workflow.release.publishing import Wish, plan
from soh_author.workflow.workspace import CONTENT
from tests.attacks.people import REPOSITORY, make_crew
from tests.attacks.world import HOUR, Attempt, World
from tests.benchmarks.table import Row, middle, seconds
from tests.benchmarks.workload import FORCES, Size, force_name, workload
from tests.benchmarks.worlds import opened, scratch

_OUTPUTS_OF_A_PAGE = 48


def measure_gates(pages: int, outputs: int, releases: int, times: int) -> Iterator[Row]:
    """Judge a release of one page, and one of so many outputs, on so many pages after so many releases."""
    with scratch() as folder:
        world = gated_world(folder, Size(pages), releases)
        try:
            size = f"{pages:,} pages × 44 forces, {releases:,} releases"
            yield Row(f"gate: one page changed, {size}", _judging(world, 1, times), 0.5)
            batch = outputs // _OUTPUTS_OF_A_PAGE
            yield Row(f"gate: {outputs:,} outputs changed, {size}", _judging(world, batch, times), 2.0)
            yield from _planning(world, folder, size, times)
        finally:
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


def _judging(world: World, pages: int, times: int) -> float:
    version = world.build(Attempt(changed_pages(world, pages)))
    update = world.update(version)
    found = world.judge(update)
    assert not found, found
    return middle(lambda: world.judge(update), times)


def changed_pages(world: World, count: int) -> Mapping[str, bytes]:
    """So many shared pages with other words in them."""
    files = world.store.files(world.tip)
    paths = [path for path in files if path.startswith("shared/pages/") and path.endswith(".en.md")][:count]
    texts = world.store.read_many(files[path].blob for path in paths)
    return {
        path: texts[files[path].blob].replace(b"\n---\n", b"\n---\nFrom today on this is so. ", 1)
        for path in paths
    }


def gated_world(folder: Path, size: Size, releases: int) -> World:
    """A guarded repository of a size in which some releases went out already."""
    now = datetime.now(UTC).replace(microsecond=0)
    world = World(folder / CONTENT, make_crew(folder / "keys"), now)
    (world.folder / FOLDER).mkdir()  # as on a server, where the gate remembers
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
