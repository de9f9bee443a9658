"""What a site has beside its pages: first page, A to Z, sitemap, page not found, styles and pictures."""

from collections import defaultdict

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
from soh_author.workflow.outputs import MEDIA, Shown
from soh_author.workflow.site.making import PAGE_FILE, SiteMaker


def write_lists(staging: Staging, maker: SiteMaker, force: ForceId) -> None:
    """Write first page, A to Z and page not found in each language of a force, and its sitemap.

    The pages are those that the maker's book knows.

    Raises:
        OutputError: when the disk is full or may not be written.
    """
    addresses: dict[PageId, dict[Language, str]] = defaultdict(dict)
    for language in Language:
        pages = maker.book.pages_of((force, language))
        if pages:
            _write_lists_of(staging, maker, force, language, pages)
        for page, shown in pages:
            addresses[page][language] = shown.url
    if addresses:
        entries = [
            SitemapEntry(url, by_language if len(by_language) > 1 else {})
            for by_language in addresses.values()
            for url in by_language.values()
        ]
        host = maker.audience(force, Language.EN).force.host
        staging.write(f"{force}/sitemap.xml", render_sitemap(host, entries).encode("utf-8"))


def _write_lists_of(
    staging: Staging, maker: SiteMaker, force: ForceId, language: Language, pages: list[tuple[PageId, Shown]]
) -> None:
    context = maker.audience(force, language).site_context
    listed = [ListedPage(shown.title, shown.url, shown.summary, page.area) for page, shown in pages]
    files = {
        home_url(language) + PAGE_FILE: render_index(context, listed),
        a_to_z_url(language) + PAGE_FILE: render_a_to_z(context, listed),
        f"{home_url(language)}404.html": render_not_found(context),
    }
    for path, html in files.items():
        staging.write(f"{force}{path}", html.encode("utf-8"))


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
