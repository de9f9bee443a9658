"""What is known of files with texts laid over them is what would be known if they were saved."""

import hashlib
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.ids import Language, PageId
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import PASSING_ENTRIES, Memory, Sources
from tests.support.content import FEES, TODAY, small_content

OVERRIDE = "---\noverrides: advice/old-fees\nops: []\n---\n"
MOVED = FEES.replace("summary:", "moved_from: [advice/old-fees]\nsummary:")
PATHS = (
    "shared/pages/advice/fees.en.md",
    "shared/pages/advice/new.en.md",
    "shared/pages/advice/old-fees.en.md",
    "shared/pages/advice/old-fees.cy.md",
    "forces/kent/pages/advice/old-fees.en.md",
    "forces/kent/pages/advice/fees.en.md",
    "forces/essex/pages/advice/new.en.md",
    "forces/essex/facts.yml",
    "forces/essex/force.yml",
    "notes.txt",
)
EDITS = st.lists(
    st.dictionaries(
        st.sampled_from(PATHS), st.sampled_from([None, FEES, MOVED, OVERRIDE, "id: essex\n"]), max_size=3
    ),
    max_size=4,
)


class _World:
    """Files by path, kept by their content like blobs."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.asked: list[str] = []

    def snapshot(self, files: dict[str, str]) -> Snapshot:
        entries = {path: self._keep(text.encode()) for path, text in files.items()}
        return Snapshot(Sources(entries, self._fetch, Memory()))

    def _keep(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        self.blobs[name] = data
        return name

    def _fetch(self, stamps: Iterable[str]) -> dict[str, bytes]:
        wanted = list(stamps)
        self.asked += wanted
        return {stamp: self.blobs[stamp] for stamp in wanted}


@given(EDITS)
def test_texts_laid_over_files_are_known_as_if_they_were_saved(edits: list[dict[str, str | None]]) -> None:
    world, files = _World(), small_content()
    laid = world.snapshot(files)
    for edit in edits:
        laid = laid.with_unsaved(edit)
        together = {**files, **edit}
        files = {path: text for path, text in together.items() if text is not None}
        saved = world.snapshot(files)
        assert laid.sources.catalogue == saved.sources.catalogue
        assert laid.sources.moves == saved.sources.moves
        assert laid.sources.adopted == saved.sources.adopted
        assert laid.registry == saved.registry
        assert laid.page_ids() == saved.page_ids()


def test_welsh_left_behind_by_a_move_does_not_hide_overrides_of_the_moved_page() -> None:
    files = {
        **small_content(),
        "shared/pages/advice/fees.en.md": MOVED,
        "shared/pages/advice/old-fees.cy.md": "---\ntitle: Ffioedd\n---\nHen eiriau.\n",
        "forces/kent/pages/advice/old-fees.en.md": OVERRIDE,
    }
    snapshot = _World().snapshot(files)
    paths = [file.path for file in snapshot.files_of(PageId("advice/fees"))]
    assert "forces/kent/pages/advice/old-fees.en.md" in paths


def test_an_id_that_is_in_use_again_leads_to_its_own_page() -> None:
    old, new = PageId("advice/old-fees"), PageId("advice/fees")
    moved = _World().snapshot({**small_content(), "shared/pages/advice/fees.en.md": MOVED})
    assert moved.sources.moves == {old: new}
    again = moved.with_unsaved({"shared/pages/advice/old-fees.en.md": FEES})
    assert again.sources.moves == {}


def test_typing_reads_nothing_but_what_is_typed() -> None:
    world = _World()
    base = world.snapshot(small_content())
    page, force = PageId("advice/fees"), base.force("kent").id
    base.effective(page, force, Language.EN, TODAY)
    base.with_unsaved({"shared/pages/advice/fees.en.md": FEES + "\nFirst key.\n"}).files_of(page)
    world.asked.clear()
    over = base.with_unsaved({"shared/pages/advice/fees.en.md": FEES + "\nMore.\n"})
    assert over.effective(page, force, Language.EN, TODAY).sections[-1].body.endswith("More.")
    assert over.sources.catalogue is base.sources.catalogue
    assert over.sources.adopted is base.sources.adopted
    assert world.asked == []


def test_typing_for_hours_remembers_only_the_latest_texts() -> None:
    world = _World()
    base = world.snapshot(small_content())
    page, force = PageId("advice/fees"), base.force("kent").id
    before = base.sources.memory.size
    for key in range(3 * PASSING_ENTRIES):
        over = base.with_unsaved({"shared/pages/advice/fees.en.md": f"{FEES}\n{key}\n"})
        over.effective(page, force, Language.EN, TODAY)
    assert base.sources.memory.size < before + 2 * PASSING_ENTRIES


def test_the_head_of_a_file_says_what_the_whole_file_says() -> None:
    odd = FEES.replace("title: Fees", "title: >-\n  Folded\n  title")
    files = {
        **small_content(),
        "shared/pages/advice/odd.en.md": odd,
        "shared/pages/advice/bad.en.md": "---\n[\n",
    }
    by_head, whole = _World().snapshot(files), _World().snapshot(files)
    for path in files:
        whole.sources.read(path)
    pages = by_head.page_ids()
    assert [by_head.page_info(page) for page in pages] == [whole.page_info(page) for page in pages]
    assert by_head.page_info(PageId("advice/odd")).title == "Folded title"
    assert by_head.page_info(PageId("advice/seized-vehicles")).other_titles == ("Cerbydau a atafaelwyd",)
