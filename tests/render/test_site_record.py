"""The record of a build gives back what was written into it, whoever shares what."""

from pathlib import Path

from soh_author.render.site_record import (
    Built,
    PageRecord,
    SiteRecord,
    read_pages,
    read_record,
    read_uses,
    row_of,
    write_record,
)

_FILES = {"shared/pages/advice/x.en.md": "a1", "forces/kent/pages/advice/x.en.md": "b2"}


def _built(force: str, url: str = "/advice/x/", title: str = "Ŵ “X”", digest: str = "sha256:1") -> Built:
    return Built(f"{force}{url}index.html", url, title, "What & why", digest)


def _page() -> PageRecord:
    outputs = {
        "gwent/en": _built("gwent"),
        "gwent/cy": _built("gwent", "/cy-GB/x/", "Teitl", "sha256:2"),
        "kent/en": _built("kent", digest="sha256:3"),
        "essex/en": _built("essex", title="Our own"),
    }
    return PageRecord("advice/x", "stamp", _FILES, ("fact:fee", "page:advice/y"), outputs)


def _write(file: Path, pages: list[PageRecord], earlier: Path | None = None) -> None:
    record = SiteRecord({"forces": "gwent kent"}, {"fact:fee": "s"}, {})
    write_record(file, record, map(row_of, pages), earlier=earlier)


def test_pages_are_read_as_they_were_written(tmp_path: Path) -> None:
    _write(tmp_path / "record", [_page()])
    assert read_pages(tmp_path / "record") == {"advice/x": _page()}
    assert read_uses(tmp_path / "record") == {"advice/x": ("fact:fee", "page:advice/y")}
    record = read_record(tmp_path / "record")
    assert record is not None
    assert (record.stamps, record.names) == ({"advice/x": "stamp"}, {"fact:fee": "s"})


def test_what_publics_have_in_common_is_stored_once() -> None:
    alike = {f"force-{number}/en": _built(f"force-{number}") for number in range(44)}
    row = row_of(PageRecord("advice/x", "stamp", _FILES, (), alike))
    assert row[-1].count("What & why") == 1


def test_a_record_that_is_none_of_ours_is_none(tmp_path: Path) -> None:
    (tmp_path / "record").write_bytes(b"no database")
    assert read_record(tmp_path / "record") is None
    assert read_record(tmp_path / "absent") is None


def test_an_earlier_record_gives_the_pages_that_did_not_change(tmp_path: Path) -> None:
    other = PageRecord("advice/y", "stamp", {}, (), {})
    _write(tmp_path / "old", [_page(), other])
    changed = PageRecord("advice/y", "new", {}, (), {})
    _write(tmp_path / "new", [changed], earlier=tmp_path / "old")
    assert read_pages(tmp_path / "new") == {"advice/x": _page(), "advice/y": changed}
    assert read_pages(tmp_path / "old")["advice/y"] == other
