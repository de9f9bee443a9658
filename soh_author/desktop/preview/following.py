"""Where a link in the preview leads: to another page of ours, to the other language, or out."""

from PySide6.QtCore import QUrl

from soh_author.desktop.preview.asking import Shown
from soh_author.desktop.preview.scheme import HOST, SCHEME
from soh_author.domain.ids import Language, PageId

PAGE_HOST = "page"


def page_behind(url: QUrl, shown: Shown | None) -> tuple[PageId, str, Language] | None:
    """The page, section and language a link leads to; None for a link that leads out."""
    if url.scheme() != SCHEME or shown is None:
        return None
    request = shown.preview.request
    path, section = url.path().strip("/"), url.fragment()
    if url.host() == PAGE_HOST and PageId.is_valid(path):
        return PageId(path), section, request.language
    if url.host() == HOST and section and path.startswith("page-"):
        return request.page, section, request.language
    other = Language.CY if request.language is Language.EN else Language.EN
    links = shown.preview.output.links
    if url.host() == HOST and links.get("other-language", "").strip("/") == path:
        return request.page, "", other
    return None
