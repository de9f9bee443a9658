"""Where files lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.reading.paths import (
    FileKind,
    classify,
    facts_path,
    looks_like_page,
    media_path,
    page_of,
    page_path,
)

KNOWN = [
    ("soh.yml", FileKind.MANIFEST, None),
    ("shared/facts.yml", FileKind.FACTS, SHARED),
    ("shared/media/map-of-area.png", FileKind.MEDIA, SHARED),
    ("groups/wales/group.yml", FileKind.GROUP, Layer.of_group("wales")),
    ("groups/wales/facts.yml", FileKind.FACTS, Layer.of_group("wales")),
    ("forces/gwent/force.yml", FileKind.FORCE, Layer.of_force("gwent")),
    ("forces/gwent/media/a.webp", FileKind.MEDIA, Layer.of_force("gwent")),
    ("policy/policy.json", FileKind.POLICY, None),
    ("policy/style/words.yml", FileKind.POLICY, None),
    ("releases/2026-11-22-fees.yml", FileKind.RELEASE, None),
    (f"approvals/ab/ab{'0' * 62}.json", FileKind.APPROVAL, None),
]


@pytest.mark.parametrize(("path", "kind", "layer"), KNOWN, ids=[row[0] for row in KNOWN])
def test_every_kind_of_file_is_known_by_its_path(path: str, kind: FileKind, layer: Layer | None) -> None:
    place = classify(path)
    assert place
    assert (place.kind, place.path, place.layer, place.page) == (kind, path, layer, None)


@pytest.mark.parametrize("layer", [SHARED, Layer.of_group("wales"), Layer.of_force("police-uk")])
@pytest.mark.parametrize("language", list(Language))
def test_a_page_is_found_where_its_path_is_made(layer: Layer, language: Language) -> None:
    page = PageId("advice/vehicle-recovery/seized-vehicles")
    place = classify(page_path(layer, page, language))
    assert place
    assert (place.kind, place.layer, place.page, place.language) == (FileKind.PAGE, layer, page, language)


def test_paths_of_facts_and_media_are_known_again() -> None:
    layer = Layer.of_force("kent")
    facts, picture = classify(facts_path(layer)), classify(media_path(layer, "a.png"))
    assert facts
    assert picture
    assert (facts.kind, picture.kind) == (FileKind.FACTS, FileKind.MEDIA)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "README.md",
        "soh.yml/x",
        "shared",
        "shared/pages/a.md",
        "shared/pages/a.fr.md",
        "shared/pages/A.en.md",
        "shared/pages/a/../b.en.md",
        "shared/pages//a.en.md",
        "shared/pages/con.en.md",
        "shared/pages/a b.en.md",
        "shared/force.yml",
        "forces/Gwent/force.yml",
        "forces/gwent/group.yml",
        "groups/../force.yml",
        "forces/aux/facts.yml",
        "../soh.yml",
        "/soh.yml",
        "shared\\facts.yml",
        "shared/media/../x.png",
        "shared/media/.hidden",
        "shared/media/page.html",
        "shared/media/script.svg.js",
        "shared/media/x",
        "approvals/ab/cd.json",
        "releases/../x.yml",
        "policy/.git/config",
        "shared/pages/" + "a" * 500 + ".en.md",
    ],
)
def test_other_paths_belong_to_no_kind_of_file(path: str) -> None:
    assert classify(path) is None


def test_a_misnamed_page_is_told_from_a_stray_file() -> None:
    assert looks_like_page("shared/pages/Seized Vehicles.en.md")
    assert not looks_like_page("README.md")


_NAMES = st.sampled_from(["shared", "forces", "groups", "kent", "pages", "media", "advice", "", "A", ".."])
_ENDS = st.sampled_from(["x.en.md", "x.cy.md", "x.md", ".en.md", "facts.yml", "X.en.md", "pages.en.md"])


@given(st.lists(_NAMES, max_size=6), _ENDS)
def test_the_short_way_to_a_page_says_what_the_long_one_says(folders: list[str], end: str) -> None:
    path = "/".join([*folders, end])
    place = classify(path)
    is_page = place is not None and place.kind is FileKind.PAGE
    expected = (place.page, place.layer, place.language) if place and is_page else None
    is_odd = folders[1:2] == ["pages"] and folders[0] != "shared"
    assert page_of(path) == (None if is_odd else expected)
