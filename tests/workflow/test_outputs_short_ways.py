"""The short ways to an output say what the long ones say: heads of files, and questions instead of HTML."""

from collections.abc import Iterator

import pytest

from soh_author.domain.ids import Language
from soh_author.render.renderer import Renderer
from soh_author.settings.data_files import resources_dir
from soh_author.workflow.outputs import Asking, Audience, Texts, shown
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources
from tests.support.content import KENT, TODAY, VEHICLES, WELSH, small_content

ENGLISH = "shared/pages/advice/seized-vehicles.en.md"
OWN = "forces/kent/pages/advice/seized-vehicles.en.md"
GROUP = "groups/south-east/pages/advice/seized-vehicles.en.md"
OTHER = "groups/kent-alone/pages/advice/seized-vehicles.en.md"
SECOND_GROUP = "id: kent-alone\nname: Kent\nmembers:\n- {force: kent}\n"
SETTING = "---\noverrides: advice/seized-vehicles\nset:\n  title: {value: Taken vehicles, why: x}\n---\n"
TAKEN_OVER = VEHICLES.replace(
    "type: advice\n", "type: advice\nkind: page\noverrides: advice/seized-vehicles\n"
)
LOCKING = VEHICLES.replace("related:", "locked: {bring: Agreed}\nrelated:")
CASES: dict[str, dict[str, str | bytes | None]] = {
    "as it is": {},
    "a field is set": {OWN: SETTING},
    "two groups set a field": {GROUP: SETTING, OTHER: SETTING.replace("Taken", "Held")},
    "one group sets it": {GROUP: SETTING},
    "taken over": {OWN: TAKEN_OVER.replace("Seized vehicles", "Kent's own")},
    "taken over with the locked words": {
        ENGLISH: LOCKING,
        OWN: TAKEN_OVER.replace("title: Seized", "title: Kent's"),
    },
    "taken over with other words than the locked": {
        ENGLISH: LOCKING,
        OWN: TAKEN_OVER.replace("title: Seized", "title: Kent's").replace("Bring the", "Take the"),
    },
    "an own page without an address": {OWN: TAKEN_OVER.replace("url: {", "# url: {")},
    "Welsh without a title": {ENGLISH.replace(".en.", ".cy."): WELSH.replace("title: ", "titl: ")},
    "Welsh with an address": {
        ENGLISH.replace(".en.", ".cy."): WELSH.replace("---\nMae", "url: /cy-GB/x/\n---\nMae")
    },
    "no Welsh address": {ENGLISH: VEHICLES.replace(", cy: /cy-GB/cyngor/cerbydau/", "")},
    "no Welsh": {ENGLISH.replace(".en.", ".cy."): None},
    "bytes that are no text": {ENGLISH: VEHICLES.encode() + b"\xff"},
    "an own file that is no text": {OWN: KENT.encode() + b"\xff"},
    "no front matter": {ENGLISH: VEHICLES.removeprefix("---\n")},
    "another page's override": {
        OWN: KENT.replace("overrides: advice/seized-vehicles", "overrides: advice/fees")
    },
    "ops that are none": {OWN: "---\noverrides: advice/seized-vehicles\nops: x\n---\n"},
    "no shared text": {ENGLISH: None},
}


def snapshot_of(files: dict[str, bytes]) -> Snapshot:
    """The files as a snapshot; the stamp of each is its path, which nothing else has."""
    return Snapshot(
        Sources({path: path for path in files}, lambda names: {name: files[name] for name in names}, Memory())
    )


def publics(snapshot: Snapshot) -> Iterator[Audience]:
    """Everybody there is."""
    for force in snapshot.registry.forces:
        for language in Language:
            yield Audience(snapshot, force, language, TODAY)


def content(changes: dict[str, str | bytes | None]) -> dict[str, bytes]:
    """The small content with other files."""
    files = {**small_content(), "groups/kent-alone/group.yml": SECOND_GROUP, **changes}
    return {
        path: text if isinstance(text, bytes) else text.encode()
        for path, text in files.items()
        if text is not None
    }


@pytest.mark.parametrize("name", CASES)
def test_heads_tell_how_a_page_appears(name: str) -> None:
    files = content(CASES[name])
    heads, whole = snapshot_of(files), snapshot_of(files)
    for page in heads.page_ids():
        whole.sources.read_all(file.path for file in whole.files_of(page))
        for told, read in zip(publics(heads), publics(whole), strict=True):
            found = read.find(page, read.language)
            assert told.shown(page, told.language) == (None if found is None else shown(found))


def test_heads_tell_how_the_pages_of_the_sample_appear() -> None:
    folder = resources_dir() / "sample_content"
    paths = (path for path in folder.rglob("*") if path.suffix in {".md", ".yml"})
    snapshot = snapshot_of({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})
    compared = 0
    for page in snapshot.page_ids():
        if len(snapshot.files_of(page)) < 4:  # shared text alone, nearly
            continue
        texts: Texts = {}
        for force in snapshot.registry.forces:
            for language in Language:
                Audience(snapshot, force, language, TODAY, texts).shown(page, language)
        for text in texts.values():
            assert text.shown() == shown(text.read())
            compared += 1
    assert compared > 30


def test_what_a_page_asks_is_what_filling_it_uses() -> None:
    folder = resources_dir() / "sample_content"
    paths = (path for path in folder.rglob("*") if path.suffix in {".md", ".yml"})
    snapshot = snapshot_of({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})
    renderer = Renderer()
    for page in snapshot.page_ids()[::4]:
        for public in [*publics(snapshot)][::9]:
            text = public.find(page, public.language)
            if text is not None:
                context = public.context()
                output = public.output(Asking.of(text, renderer), renderer, context)
                assert output == public.render_effective(page, text, renderer, context)[0]
