"""A site in a folder that is looked at as it lies there."""

import os
from pathlib import Path

import pytest

from soh_author.render.site_folder import RECORD, USES, SiteFolder
from soh_author.render.site_on_disk import Odd, SiteOnDisk

_EXPECTED = frozenset({"kent/index.html", "kent/fees/index.html", "kent/styles.css"})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of three files as a build leaves it: the second version of it leans on the first."""
    built = SiteFolder(tmp_path / "site")
    first = built.begin()
    for path in _EXPECTED:
        first.write(path, b"As released")
    built.finish(first, is_whole=True)
    second = built.begin()
    second.write("kent/styles.css", b"As released too")
    built.finish(second, is_whole=False)
    assert (tmp_path / "site/kent/fees").is_symlink()
    return tmp_path / "site"


def _strangers(site: Path) -> dict[str, str]:
    return dict(SiteOnDisk(site).strangers(_EXPECTED))


def test_a_site_as_a_build_left_it_has_nothing_strange_about_it(site: Path) -> None:
    assert _strangers(site) == {}
    (site / RECORD).write_bytes(b"")
    (site / USES).write_bytes(b"")
    assert _strangers(site) == {}


def test_whatever_no_build_made_is_found_wherever_it_lies_and_whatever_it_is_called(site: Path) -> None:
    added = {
        "kent/index.php",
        "kent/INDEX.HTML",
        ".htaccess",
        "kent/fees/x.js",
        "evil/.hidden/a",
        f"kent/{RECORD}",
    }
    for path in added:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(b"<script>")
    assert _strangers(site) == dict.fromkeys(added, "")


def test_links_that_lead_out_or_round_are_told_and_not_followed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/diary.html").write_bytes(b"Dear")
    (site / "kent/out").symlink_to(tmp_path / "secret")
    (site / "kent/round").symlink_to(site / "kent")
    (site / "kent/itself").symlink_to("itself")
    (site / "kent/again").symlink_to(site / "kent/fees")
    assert _strangers(site) == {
        "kent/out/": "it leads elsewhere",
        "kent/round/": "it leads elsewhere",
        "kent/itself": "",
        "kent/again/": "",
    }


def test_a_linked_folder_that_should_be_there_and_leads_out_is_told(site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (site / "kent/fees").unlink()
    (site / "kent/fees").symlink_to(tmp_path / "secret")
    assert _strangers(site) == {"kent/fees/": "it leads elsewhere"}


def test_a_file_is_read_one_byte_further_than_it_should_be_and_nothing_else_is_read(site: Path) -> None:
    looked = SiteOnDisk(site)
    assert looked.read("kent/index.html", 11) == b"As released"
    assert looked.read("kent/none.html", 11) is None
    with (site / "kent/huge.html").open("wb") as huge:
        huge.truncate(1 << 40)
    assert looked.read("kent/huge.html", 11) == bytes(12)
    (site / "kent/zeroes.html").symlink_to(os.devnull)
    os.mkfifo(site / "kent/pipe.html")
    (site / "kent/loop.html").symlink_to("loop.html")
    assert looked.read("kent/zeroes.html", 11) == Odd("it is no file")
    assert looked.read("kent/pipe.html", 11) == Odd("it is no file")
    assert looked.read("kent", 11) == Odd("it is no file")
    found = looked.read("kent/loop.html", 11)
    assert isinstance(found, Odd)
    assert found.why.startswith("it can't be read")
