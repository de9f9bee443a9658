"""Public addresses: no release gives a force's public two pages at one address."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import PageId
from soh_author.render.furniture import SITE_ADDRESSES, taken_address
from soh_author.workflow.approvals.transitions import MovedOutput
from soh_author.workflow.outputs import Audience, Output
from soh_author.workflow.snapshot import Snapshot


def doubled_addresses(after: Snapshot, moved: Iterable[MovedOutput], on: date) -> Iterator[Diagnostic]:
    """Find outputs whose new address another page of the same public has, or the site itself.

    Addresses that differ only in capitals are one: many servers keep one file for both.

    Args:
        after: the content as it would be.
        moved: the outputs that change; those that keep their address are passed over.
        on: the day of memberships.
    """
    arriving = [
        each.after
        for each in moved
        if each.after and each.after.url and (each.before is None or each.before.url != each.after.url)
    ]
    if not arriving:
        return
    naming = _pages_naming(after, {output.url.casefold() for output in arriving})
    audiences: dict[tuple[str, str], Audience] = {}
    for output in arriving:
        key = (output.force, output.language)
        if key not in audiences:
            audiences[key] = Audience(after, output.force, output.language, on)
        if output.url.casefold() in SITE_ADDRESSES:
            yield _taken(output)
        for page in naming.get(output.url.casefold(), ()):
            shown = audiences[key].shown(page, output.language) if page != output.page else None
            if shown is not None and shown.url.casefold() == output.url.casefold():
                yield _doubled(output, page)


def _pages_naming(after: Snapshot, addresses: set[str]) -> dict[str, list[PageId]]:
    """The pages in whose files an address stands, by address; addresses are always written out there."""
    longest_first = map(re.escape, sorted(addresses, key=len, reverse=True))
    pattern = re.compile("|".join(longest_first).encode(), re.IGNORECASE)
    pages = after.sources.catalogue.pages
    owners = {file.path: page for page, files in pages.items() for file in files}
    found: dict[str, dict[PageId, None]] = {}
    for path, data in after.sources.data_of(list(owners)).items():
        for address in set(pattern.findall(data)):
            found.setdefault(address.decode().casefold(), {})[owners[path]] = None
    return {address: list(owned) for address, owned in found.items()}


def _taken(output: Output) -> Diagnostic:
    return diagnose(
        "doubled-url",
        taken_address(output.page, output.url),
        output.effective.fields["url"].place,
        forces=(output.force,),
    )


def _doubled(output: Output, other: PageId) -> Diagnostic:
    message = f"The pages “{other}” and “{output.page}” have the same address {output.url}."
    place = output.effective.fields["url"].place
    return diagnose("doubled-url", message, place, forces=(output.force,))
