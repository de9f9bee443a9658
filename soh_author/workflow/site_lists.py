"""What a site has beside its pages: first page, A to Z, sitemap, page not found, styles and pictures."""

from collections import defaultdict
from collections.abc import Iterable

from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.render.assets import site_assets
from soh_author.render.furniture import a_to_z_url, home_url
from soh_author.render.site_folder import Staging
from soh_author.render.site_pages import (
    ListedPage,
    SitemapEntry,
    render_a_to_z,
    render_index,
    render_not_found,
    render_sitemap,
)
from soh_author.render.site_record import Built
from soh_author.workflow.outputs import MEDIA
from soh_author.workflow.site_making import PAGE_FILE, SiteMaker

Row = tuple[PageId, ForceId, Language, Built]


def write_lists(staging: Staging, maker: SiteMaker, rows: Iterable[Row]) -> None:
    """Write first page, A to Z and page not found in each language of each force, and its sitemap.

    Raises:
        OutputError: when the disk is full or may not be written.
    """
    pages: dict[tuple[ForceId, Language], list[tuple[PageId, Built]]] = defaultdict(list)
    for page, force, language, built in rows:
        pages[force, language].append((page, built))
    for (force, language), built_pages in pages.items():
        context = maker.audience(force, language).site_context
        listed = [ListedPage(built.title, built.url, built.summary, page.area) for page, built in built_pages]
        files = {
            home_url(language) + PAGE_FILE: render_index(context, listed),
            a_to_z_url(language) + PAGE_FILE: render_a_to_z(context, listed),
            f"{home_url(language)}404.html": render_not_found(context),
        }
        for path, html in files.items():
            staging.write(f"{force}{path}", html.encode("utf-8"))
    for force in {force for force, _language in pages}:
        _write_sitemap(staging, maker, force, pages)


def write_shared_files(staging: Staging, maker: SiteMaker) -> None:
    """Write the styles, the script and the pictures of each force.

    Raises:
        OutputError: when the disk is full or may not be written.
    """
    snapshot = maker.snapshot
    for force in maker.forces:
        audience = maker.audience(force, Language.EN)
        for asset in site_assets():
            staging.write(f"{force}/{asset.path}", asset.data)
        names = {
            name for layer in audience.layers for name in snapshot.sources.catalogue.media.get(layer, {})
        }
        for name in sorted(names):
            path = audience.media_path(name)
            data = snapshot.sources.data(path) if path else None
            if path and data is not None:
                staging.write(f"{force}{MEDIA}{snapshot.content_hash(path)[:16]}/{name}", data)


def _write_sitemap(
    staging: Staging,
    maker: SiteMaker,
    force: ForceId,
    pages: dict[tuple[ForceId, Language], list[tuple[PageId, Built]]],
) -> None:
    addresses: dict[PageId, dict[Language, str]] = defaultdict(dict)
    for language in Language:
        for page, built in pages.get((force, language), ()):
            addresses[page][language] = built.url
    entries = [
        SitemapEntry(url, by_language if len(by_language) > 1 else {})
        for by_language in addresses.values()
        for url in by_language.values()
    ]
    host = maker.audience(force, Language.EN).force.host
    staging.write(f"{force}/sitemap.xml", render_sitemap(host, entries).encode("utf-8"))
