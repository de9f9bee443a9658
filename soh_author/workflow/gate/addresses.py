"""Public addresses: no release gives a force's public two pages at one address."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import Place
from soh_author.render.furniture import is_taken, taken_address
from soh_author.workflow.approvals.transitions import MovedOutput
from soh_author.workflow.outputs import Audience
from soh_author.workflow.snapshot import Snapshot


class Arriving(NamedTuple):
    """An output that gets an address; ``place`` is where that is written."""

    page: PageId
    force: ForceId
    language: Language
    url: str
    place: Place


def arriving(moved: Iterable[MovedOutput]) -> Iterator[Arriving]:
    """The outputs that get another address, or are new; those that keep theirs are passed over."""
    for each in moved:
        new = each.after
        if new and new.url and (each.before is None or each.before.url != new.url):
            written = new.effective.fields.get("url")
            place = written.place if written else Place("")  # one made from its id stands nowhere
            yield Arriving(new.page, new.force, new.language, new.url, place)


def doubled_addresses(after: Snapshot, moved: Sequence[Arriving], on: date) -> Iterator[Diagnostic]:
    """Find outputs whose new address another page of the same public has, or the site itself.

    Addresses that differ only in capitals are one: many servers keep one file for both.

    Args:
        after: the content as it would be.
        moved: the outputs that get an address.
        on: the day of memberships.
    """
    if not moved:
        return
    naming = _pages_naming(after, {output.url.casefold() for output in moved})
    audiences: dict[tuple[str, str], Audience] = {}
    for output in moved:
        key = (output.force, output.language)
        if key not in audiences:
            audiences[key] = Audience(after, output.force, output.language, on)
        if is_taken(output.url):
            yield _taken(output)
        for page in naming.get(output.url.casefold(), ()):
            shown = audiences[key].shown(page, output.language) if page != output.page else None
            if shown is not None and shown.url.casefold() == output.url.casefold():
                yield _doubled(output, page)


def _pages_naming(after: Snapshot, addresses: set[str]) -> dict[str, list[PageId]]:
    """The pages in whose files an address stands, by address; a page whose fields are written in a roundabout
    way (a backslash) may have any.
    """
    longest_first = map(re.escape, sorted(addresses, key=len, reverse=True))
    pattern = re.compile("|".join(longest_first).encode(), re.IGNORECASE)
    pages = after.sources.catalogue.pages
    owners = {file.path: page for page, files in pages.items() for file in files}
    found: dict[str, dict[PageId, None]] = {}
    for path, data in after.sources.data_of(list(owners)).items():
        is_roundabout = b"\\" in data.partition(b"\n---")[0]
        named = addresses if is_roundabout else {each.decode().casefold() for each in pattern.findall(data)}
        for address in named:
            found.setdefault(address, {})[owners[path]] = None
    return {address: list(owned) for address, owned in found.items()}


def _taken(output: Arriving) -> Diagnostic:
    return diagnose(
        "doubled-url",
        taken_address(output.page, output.url),
        output.place,
        forces=(output.force,),
    )


def _doubled(output: Arriving, other: PageId) -> Diagnostic:
    message = f"The pages “{other}” and “{output.page}” have the same address {output.url}."
    place = output.place
    return diagnose("doubled-url", message, place, forces=(output.force,))
