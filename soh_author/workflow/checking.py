"""Check: every finding about the content, once, with the forces it concerns."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from soh_author.cache.findings import FindingCache
from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import Place
from soh_author.reading.cross import registry_diagnostics
from soh_author.render.furniture import is_taken, taken_address
from soh_author.render.renderer import Renderer
from soh_author.workflow.kept_findings import KeptFindings
from soh_author.workflow.outputs import is_live
from soh_author.workflow.page_findings import Audiences, PageFindings, findings_of
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task

_AT_ONCE = 50
"""Pages whose findings are cached together: what was worked out stays when the check is stopped."""


def check(
    snapshot: Snapshot,
    renderer: Renderer,
    on: date,
    *,
    pages: Sequence[PageId] = (),
    forces: Sequence[ForceId] = (),
    cache: FindingCache | None = None,
) -> Task[list[Diagnostic]]:
    """Find what is wrong with the content.

    Args:
        on: the day for which facts and memberships count.
        pages: only these (none: all, with everything that is no page).
        forces: only as these forces read it (none: all).
        cache: where findings are kept by what they were made from, so that a page none of whose sources
            changed is not looked at again.

    Returns:
        The findings in order of file and line, each once, with the forces it concerns (none named:
        all that read the file).
    """

    def work(progress: Progress) -> Outcome[list[Diagnostic]]:
        wanted = list(pages) or list(snapshot.page_ids())
        found: list[Diagnostic] = [] if pages or forces else list(_beside_pages(snapshot))
        audiences = Audiences(snapshot, on, frozenset(forces))
        kept = KeptFindings(snapshot, on, cache) if cache and not forces else None

        def look(page: PageId) -> PageFindings:
            return findings_of(snapshot, page, audiences, renderer, on)

        by_page = _by_page(wanted, look, kept, progress)
        found += [finding for page in by_page.values() for finding in page.in_files]
        found += _merge(by_page.values(), snapshot, on)
        found += _doubled_urls(by_page)
        concerning = [finding for finding in found if _concerns(finding, forces)]
        return Outcome(sorted(dict.fromkeys(concerning), key=Diagnostic.sort_key))

    return Task("Checking the content", work)


def _by_page(
    wanted: Sequence[PageId],
    look: Callable[[PageId], PageFindings],
    kept: KeptFindings | None,
    progress: Progress,
) -> Mapping[PageId, PageFindings]:
    known = kept.find(wanted) if kept else {}
    found: dict[PageId, PageFindings] = {}
    fresh: dict[PageId, PageFindings] = {}
    for number, page in enumerate(wanted):
        progress.report(number, len(wanted), f"Checking {page}")
        found[page] = known.get(page) or look(page)
        if kept and page not in known:
            fresh[page] = found[page]
            if len(fresh) == _AT_ONCE:
                kept.keep(fresh)
                fresh.clear()
    if kept:
        kept.keep(fresh)
    return found


def _concerns(finding: Diagnostic, forces: Sequence[ForceId]) -> bool:
    return not forces or not finding.forces or not set(forces).isdisjoint(finding.forces)


def _beside_pages(snapshot: Snapshot) -> Iterator[Diagnostic]:
    known = snapshot.sources.catalogue
    paths = [*known.facts.values(), *known.forces.values(), *known.groups.values()]
    if known.manifest:
        paths.append(known.manifest)
    for path in paths:
        yield from snapshot.sources.read(path).diagnostics
    yield from registry_diagnostics(snapshot.registry)
    for path in known.unknown:
        yield from snapshot.sources.read(path).diagnostics


def _merge(pages: Iterable[PageFindings], snapshot: Snapshot, on: date) -> list[Diagnostic]:
    concerned: dict[Diagnostic, dict[ForceId, None]] = defaultdict(dict)
    for page in pages:
        for finding, forces in page.in_outputs:
            concerned[finding].update(dict.fromkeys(forces))
    everybody = sum(is_live(force, on) for force in snapshot.registry.forces.values())
    return [
        finding if len(forces) == everybody else finding.concerning(tuple(forces))
        for finding, forces in concerned.items()
    ]


def _doubled_urls(by_page: Mapping[PageId, PageFindings]) -> Iterator[Diagnostic]:
    """Addresses that two pages have for the same public, or a page and the site itself.

    Addresses that differ only in capitals are one: many servers keep one file for both.
    """
    pages: dict[str, dict[PageId, None]] = defaultdict(dict)
    for page, found in by_page.items():
        for url, place, _language, readers in found.addresses:
            pages[url.casefold()][page] = None
            if is_taken(url):
                yield diagnose("doubled-url", taken_address(page, url), place, forces=tuple(readers))
    for url, having in pages.items():
        if len(having) > 1:
            yield from _doubled(url, {page: by_page[page] for page in having})


def _doubled(url: str, by_page: Mapping[PageId, PageFindings]) -> Iterator[Diagnostic]:
    first: dict[tuple[ForceId, Language], PageId] = {}
    doubled: dict[tuple[PageId, PageId], tuple[Place, dict[ForceId, None]]] = {}
    for page, found in by_page.items():
        for address, place, language, forces in found.addresses:
            for force in forces if address.casefold() == url else ():
                other = first.setdefault((force, language), page)
                if other != page:
                    doubled.setdefault((other, page), (place, {}))[1][force] = None
    for (other, page), (place, concerned) in doubled.items():
        message = f"The pages “{other}” and “{page}” have the same address {url}."
        yield diagnose("doubled-url", message, place, forces=tuple(concerned))
