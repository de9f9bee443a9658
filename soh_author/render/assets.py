"""Files every built site needs beside its pages.

Their names change with their content, so they may be kept for ever.
"""

from dataclasses import dataclass
from functools import cache

from soh_author.render.resources import content_hash, style


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its path below the site's root, without a leading slash, its bytes and its media type."""

    path: str
    data: bytes
    media_type: str


@cache
def style_asset() -> Asset:
    """The stylesheet of all pages."""
    return _asset("site", "css", "text/css")


@cache
def script_asset() -> Asset:
    """The one script: Escape leaves the site."""
    return _asset("quick-exit", "js", "text/javascript")


def site_assets() -> tuple[Asset, ...]:
    """All files a built site needs."""
    return style_asset(), script_asset()


def _asset(name: str, suffix: str, media_type: str) -> Asset:
    text = style(f"{name}.{suffix}")
    return Asset(f"assets/{name}-{content_hash(text)}.{suffix}", text.encode(), media_type)
