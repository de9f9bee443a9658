"""A site's folder switches whole, keeps what did not change, and survives being interrupted."""

import os
from pathlib import Path

import pytest

from soh_author.domain.errors import OutputError
from soh_author.render.site_folder import DEEPEST_CHAIN, SiteFolder


def _build(
    site: SiteFolder, files: dict[str, str], gone: tuple[str, ...] = (), *, is_whole: bool = False
) -> None:
    staging = site.begin()
    for path, text in files.items():
        staging.write(path, text.encode())
    site.finish(staging, gone, is_whole=is_whole)


def _read(folder: Path) -> dict[str, str]:
    found = {}
    for top, _folders, names in os.walk(folder, followlinks=True):
        for name in names:
            path = Path(top, name)
            if not name.startswith("."):
                found[path.relative_to(folder).as_posix()] = path.read_text()
    return found


FIRST = {"gwent/a/index.html": "a1", "gwent/b/index.html": "b1", "kent/a/index.html": "k1", "top.css": "t1"}


def test_a_small_change_keeps_every_other_file(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site")
    _build(site, FIRST, is_whole=True)
    _build(site, {"gwent/b/index.html": "b2"})
    assert _read(site.out) == {**FIRST, "gwent/b/index.html": "b2"}


def test_files_that_are_gone_go_and_their_empty_folders_too(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site")
    _build(site, FIRST, is_whole=True)
    _build(site, {}, ("kent/a/index.html",))
    assert _read(site.out) == {path: text for path, text in FIRST.items() if not path.startswith("kent")}
    assert not (site.out / "kent").exists()


def test_the_old_site_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site")
    _build(site, FIRST, is_whole=True)
    staging = site.begin()
    staging.write("gwent/a/index.html", b"half")
    assert _read(site.out) == FIRST
    site.abandon(staging)
    assert _read(SiteFolder(tmp_path / "site").out) == FIRST


def test_leftovers_of_a_killed_build_are_cleared_by_the_next(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site")
    _build(site, FIRST, is_whole=True)
    site.begin().write("gwent/a/index.html", b"half")
    _build(SiteFolder(tmp_path / "site"), {"gwent/a/index.html": "a2"})
    assert _read(site.out) == {**FIRST, "gwent/a/index.html": "a2"}
    assert len(list(site.versions.iterdir())) == 2


def test_many_small_builds_give_what_one_whole_build_gives(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site")
    _build(site, FIRST, is_whole=True)
    expected = dict(FIRST)
    for number in range(DEEPEST_CHAIN + 5):
        path = f"gwent/{'ab'[number % 2]}/index.html"
        expected[path] = f"version {number}"
        _build(site, {path: expected[path]})
    assert _read(site.out) == expected
    assert len(list(site.versions.iterdir())) <= DEEPEST_CHAIN + 1


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "letter.txt").write_text("dear")
    with pytest.raises(OutputError, match="was not made by a build"):
        SiteFolder(tmp_path / "site")
    assert (tmp_path / "site" / "letter.txt").read_text() == "dear"


def test_a_site_below_a_linked_folder_keeps_its_files(tmp_path: Path) -> None:
    (tmp_path / "real" / "deep" / "down").mkdir(parents=True)
    (tmp_path / "linked").symlink_to(tmp_path / "real" / "deep" / "down", target_is_directory=True)
    site = SiteFolder(tmp_path / "linked" / "site")
    _build(site, FIRST, is_whole=True)
    _build(site, {"gwent/b/index.html": "b2"})
    _build(site, {"kent/a/index.html": "k2"})
    assert _read(site.out) == {**FIRST, "gwent/b/index.html": "b2", "kent/a/index.html": "k2"}
