"""The short ways to the matrix lead where the long one does: sample, workload, after any edits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soh_author.domain.ids import PageId
from soh_author.workflow.folder_content import folder_snapshot
from soh_author.workflow.overrides.matrix_reading import outlined_snapshot, rows_of
from soh_author.workflow.overrides.matrix_rows import PageRow, make_row, roster_of
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources
from soh_author.workflow.task import Progress
from soh_author.workflow.workspace import Workspace
from tests.benchmarks.workload import Size, workload
from tests.support.content import TODAY, VEHICLES, WELSH, small_content, small_workspace

SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
WELSH_FILE = "shared/pages/advice/seized-vehicles.cy.md"
OWN = {force: f"forces/{force}/pages/advice/seized-vehicles.en.md" for force in ("kent", "gwent", "essex")}
GROUP_FILE = "groups/south-east/pages/advice/seized-vehicles.en.md"


def of_files(files: dict[str, bytes]) -> Snapshot:
    entries = {path: f"{hash(data)} {path}" for path, data in files.items()}
    contents = {entries[path]: data for path, data in files.items()}
    return Snapshot(Sources(entries, lambda wanted: {each: contents[each] for each in wanted}, Memory()))


def long_way(snapshot: Snapshot) -> list[PageRow]:
    roster = roster_of(snapshot, TODAY)
    return [make_row(snapshot, page, roster, is_quick=False) for page in snapshot.page_ids()]


def short_way(snapshot: Snapshot) -> list[PageRow]:
    return rows_of(snapshot, snapshot.page_ids(), roster_of(snapshot, TODAY), Progress())


def pinned(snapshot: Snapshot, files: dict[str, bytes]) -> dict[str, bytes]:
    texts = write_pins(snapshot, list(new_pins(snapshot, TODAY))).texts
    return files | {path: text.encode() for path, text in texts.items()}


def test_on_the_sample(sample_content: Path) -> None:
    assert short_way(folder_snapshot(sample_content)) == long_way(folder_snapshot(sample_content))


def test_welsh_of_words_that_were_added_and_are_wrapped_is_in_step() -> None:
    files = {path: text.encode() for path, text in small_content().items()}
    head = "---\noverrides: advice/seized-vehicles\nops:\n- {op: append, section: why}\n---\n## Why {#why}\n"
    files[OWN["gwent"]] = f"{head}Nor those\nwithout tax.\n".encode()
    files[OWN["gwent"].replace(".en.", ".cy.")] = f"{head}Na'r rhai heb dreth.\n".encode()
    files = pinned(of_files(files), files)
    assert b"translates" in files[OWN["gwent"].replace(".en.", ".cy.")]
    assert short_way(of_files(files)) == long_way(of_files(files))


@pytest.mark.parametrize("are_pinned", [False, True])
def test_on_a_workload(are_pinned: bool) -> None:
    files = workload(Size(40, overridden=0.15, taken_over=0.04))
    if are_pinned:
        files = {path: data.replace(b"base: sha256:" + b"0" * 64, b"why: x") for path, data in files.items()}
        files = pinned(of_files(files), files)
    assert short_way(of_files(files)) == long_way(of_files(files))


def test_rows_made_before_are_given_again() -> None:
    snapshot = of_files(workload(Size(6)))
    first, second = short_way(snapshot), short_way(snapshot)
    assert all(one is other for one, other in zip(first, second, strict=True))


def test_usual_files_are_never_read_in_full() -> None:
    files = workload(Size(10))
    snapshot = of_files(files)
    outlined = outlined_snapshot(snapshot, snapshot.page_ids())
    for path in files:
        if "/pages/" in path:
            assert outlined.sources.read(path) is not snapshot.sources.read(path)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The small content."""
    with small_workspace(tmp_path_factory.mktemp("small")) as made:
        yield made


OPS = st.sampled_from(
    [
        "{op: replace, section: bring}",
        "{op: replace, section: why, base: sha256:" + "1" * 64 + "}",
        "{op: append, section: why}",
        "{op: hide, section: bring}",
        "{op: hide, section: gone}",
        "{op: insert-after, after: why, section: more}",
        "{op: insert-before, before: lead, section: more}",
        "{op: insert-after, after: more, section: most}",
        "{op: move-after, section: bring, after: lead}",
        "{op: replace, section: lead}",
    ]
)
BLOCKS = {
    "bring": "## What to bring {#bring}\nBring the notice.\n",
    "why": "## Why {#why}\nBecause.\n",
    "more": "## More {#more}\nMore words.\n",
    "most": "## Most {#most}\nMost words.\n",
    "lead": "## Lead {#lead}\nOur words.\n",
}
SHARED_TEXTS = st.sampled_from(
    [
        VEHICLES,
        VEHICLES.replace("Bring the notice.", "Bring two notices."),
        VEHICLES.replace("related:", "locked: {why: Agreed}\nrelated:"),
        VEHICLES.replace("{#bring}", "{#take}").replace(
            "related:", "section_aliases: {bring: take}\nrelated:"
        ),
        VEHICLES.replace("## What to bring {#bring}\nBring the notice.\n", ""),
        VEHICLES.replace("## Why we", "## Why we\n\n## Again {#why}\n\nWe"),
        "---\nbroken",
    ]
)
WELSH_TEXTS = st.sampled_from(
    [
        WELSH,
        WELSH.replace("summary: Beth i'w wneud.\n", ""),
        WELSH.replace("## Pam {#why}\nHeb yswiriant.\n\n", ""),
        WELSH.replace("---\nMae", "translates: {why: sha256:" + "2" * 64 + "}\n---\nMae"),
        None,
    ]
)


@st.composite
def override_texts(draw: st.DrawFn) -> str | None:
    """An override, or a page taken over, or nothing."""
    if draw(st.integers(0, 5)) == 0:
        return VEHICLES.replace("type: advice", "type: advice\nkind: page\noverrides: advice/seized-vehicles")
    ops = draw(st.lists(OPS, max_size=3, unique_by=lambda op: op[:24]))
    if not ops:
        return None
    names = [op.partition("section: ")[2].split(",")[0].rstrip("}") for op in ops if "hide" not in op]
    blocks = "\n".join(BLOCKS[name] for name in names if name in BLOCKS and draw(st.integers(0, 9)))
    listed = "".join(f"- {op}\n" for op in ops)
    return f"---\noverrides: advice/seized-vehicles\nops:\n{listed}---\n{blocks}"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shared=SHARED_TEXTS,
    welsh=WELSH_TEXTS,
    own=st.fixed_dictionaries({path: override_texts() for path in (*OWN.values(), GROUP_FILE)}),
    is_pinned=st.booleans(),
)
def test_after_any_edits(
    workspace: Workspace, shared: str, welsh: str | None, own: dict[str, str | None], is_pinned: bool
) -> None:
    texts: dict[str, str | None] = {SHARED_FILE: shared, WELSH_FILE: welsh, **own}
    assert small_content().keys() >= {SHARED_FILE, WELSH_FILE}
    edited = workspace.snapshot(unsaved=texts)
    if is_pinned:
        texts |= write_pins(
            edited, list(new_pins(edited, TODAY, pages=[PageId("advice/seized-vehicles")]))
        ).texts
        edited = workspace.snapshot(unsaved=texts)
    again = workspace.snapshot(unsaved=texts)
    assert short_way(edited) == long_way(again)
