"""The acceptance list of the content model (its section 6), on real repositories: one test for each line.

The rules alone are proved in tests/domain/test_acceptance.py; here everything goes through files, versions,
drafts and rendering, as people meet it.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soh_author.domain.errors import NotFoundError, WorkspaceError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.resolving.drift import DriftState, drift_of
from soh_author.gitstore.store import Store
from soh_author.workflow.checking import check
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.opening import init_workspace
from soh_author.workflow.outputs import Audience
from soh_author.workflow.overrides.reading_proofs import words_of
from soh_author.workflow.overrides.rebase_items import RebaseItem
from soh_author.workflow.overrides.rebasing import plan
from soh_author.workflow.pinning import new_pins, pin_draft, write_pins
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import CONTENT, Workspace
from tests.support.content import (
    FACTS,
    NOW,
    PERSON,
    TODAY,
    VEHICLES,
    WELSH,
    publish,
    small_content,
    small_workspace,
    write_folder,
)
from tests.support.repositories import git
from tests.workflow.two_desks import PATH, changed, make_desks, read, write

PAGE, FEES = PageId("advice/seized-vehicles"), PageId("advice/fees")
SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
WELSH_FILE = "shared/pages/advice/seized-vehicles.cy.md"
KENT_FILE = "forces/kent/pages/advice/seized-vehicles.en.md"
GWENT_FILE = "forces/gwent/pages/advice/seized-vehicles.en.md"
GROUP_FILE = "groups/south-east/pages/advice/seized-vehicles.en.md"
KENT_TEXT = small_content()[KENT_FILE]
NOTICE = "Bring the notice."


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The small content; Kent replaces *What to bring*, pinned to the version before."""
    with small_workspace(tmp_path) as made:
        snapshot = made.snapshot()
        publish(
            made, dict(write_pins(snapshot, list(new_pins(snapshot, TODAY, saved=snapshot))).texts), "Pins"
        )
        yield made


def digests(made: Workspace, source: str = "published") -> dict[str, str]:
    """The digest of every output, by page, force and language."""
    snapshot = made.snapshot(source)
    found = {}
    for page in snapshot.page_ids():
        for force in snapshot.registry.forces:
            for language in Language:
                try:
                    output, _ = Audience(snapshot, force, language, TODAY).render(page, made.renderer)
                except NotFoundError:
                    continue
                found[f"{page} {force} {language}"] = output.digest
    return found


def drift(snapshot: Snapshot, force: str = "kent", page: PageId = PAGE) -> list[DriftState]:
    return [drift_of(trace) for trace in snapshot.effective(page, ForceId(force), Language.EN, TODAY).ops]


def body(snapshot: Snapshot, force: str, section: str, page: PageId = PAGE) -> str:
    found = snapshot.effective(page, ForceId(force), Language.EN, TODAY).section(SectionId(section))
    return found.body.strip() if found else ""


def codes(made: Workspace, source: str = "published") -> set[str]:
    """Codes of the findings that block publishing."""
    found = check(made.snapshot(source), made.renderer, TODAY).run().value
    return {each.code for each in found if each.blocks}


def items(made: Workspace, source: str = "published") -> tuple[RebaseItem, ...]:
    """The overrides that ask for a person; Welsh that asks for one has tests of its own."""
    return tuple(each for each in plan(made, source, TODAY).run().value.items if not each.welsh_pin)


def test_1_overriding_one_section_and_editing_another_nationally_changes_only_the_other(
    workspace: Workspace,
) -> None:
    before = body(workspace.snapshot(), "kent", "bring")
    publish(workspace, {SHARED_FILE: VEHICLES.replace("not insured", "not taxed")})
    after = workspace.snapshot()
    assert body(after, "kent", "why") == "We seize vehicles that are not taxed."
    assert body(after, "kent", "bring") == before
    assert drift(after) == [DriftState.CURRENT]


def test_2_wrapping_the_national_paragraph_otherwise_makes_nothing_outdated_and_changes_no_digest(
    workspace: Workspace,
) -> None:
    before = digests(workspace)
    publish(workspace, {SHARED_FILE: VEHICLES.replace(NOTICE, "Bring\nthe   notice.")})
    assert drift(workspace.snapshot()) == [DriftState.CURRENT]
    assert digests(workspace) == before


def test_3_editing_the_overridden_section_nationally_makes_exactly_that_op_outdated_and_shows_its_base(
    workspace: Workspace,
) -> None:
    publish(workspace, {SHARED_FILE: VEHICLES.replace(NOTICE, "Bring two notices.")})
    (item,) = items(workspace)
    assert (item.change.section, item.change.state) == ("bring", "outdated")
    assert item.then is not None
    assert item.now is not None
    assert (item.then.body.strip(), item.now.body.strip()) == (NOTICE, "Bring two notices.")


def test_4_text_and_override_edited_in_one_version_and_pinned_by_hash_are_current(
    workspace: Workspace,
) -> None:
    new_draft(workspace, "both").run()
    save_private(workspace, "both", SHARED_FILE, VEHICLES.replace(NOTICE, "Bring two notices.")).run()
    save_private(workspace, "both", KENT_FILE, KENT_TEXT.replace("passport", "two notices")).run()
    pin_draft(workspace, "both", TODAY).run()
    version = save_version(workspace, "both", "Both at once").run().value
    assert version is not None
    assert drift(workspace.snapshot(str(version.revision))) == [DriftState.CURRENT]


def test_5_moving_a_page_and_renaming_a_section_loses_no_override(workspace: Workspace) -> None:
    moved = VEHICLES.replace(
        "type: advice",
        "type: advice\nmoved_from: [advice/seized-vehicles]\nsection_aliases: {bring: what-to-take}",
    ).replace("{#bring}", "{#what-to-take}")
    new_page = PageId("vehicles/seized")
    welsh = WELSH.replace("{#bring}", "{#what-to-take}")
    publish(
        workspace,
        {
            SHARED_FILE: None,
            WELSH_FILE: None,
            "shared/pages/vehicles/seized.en.md": moved,
            "shared/pages/vehicles/seized.cy.md": welsh,
        },
    )
    snapshot = workspace.snapshot()
    assert body(snapshot, "kent", "what-to-take", new_page) == "Bring the notice and your passport."
    assert drift(snapshot, page=new_page) == [DriftState.CURRENT]
    assert new_page in snapshot.page_ids()
    assert PAGE not in snapshot.page_ids()


def test_5b_a_page_that_a_force_has_taken_over_stays_so_when_it_moves(workspace: Workspace) -> None:
    own = VEHICLES.replace("type: advice", f"type: advice\nkind: page\noverrides: {PAGE}\nwhy: Ours")
    new_page, new_file = PageId("vehicles/seized"), "shared/pages/vehicles/seized.en.md"
    publish(workspace, {KENT_FILE: own.replace(NOTICE, "Bring Kent's own form.")})
    moved = VEHICLES.replace("type: advice", f"type: advice\nmoved_from: [{PAGE}]")
    publish(workspace, {SHARED_FILE: None, WELSH_FILE: None, new_file: moved})
    snapshot = workspace.snapshot()
    assert body(snapshot, "kent", "bring", new_page) == "Bring Kent's own form."
    assert body(snapshot, "essex", "bring", new_page) == NOTICE
    assert PAGE not in snapshot.page_ids()


def test_6_deleting_a_section_orphans_its_op_and_blocks_publishing(workspace: Workspace) -> None:
    assert "orphaned" not in codes(workspace)
    publish(workspace, {SHARED_FILE: VEHICLES.replace(f"## What to bring {{#bring}}\n{NOTICE}\n", "")})
    assert drift(workspace.snapshot()) == [DriftState.ORPHANED]
    assert "orphaned" in codes(workspace)


def test_7_a_new_group_override_makes_the_force_s_op_below_outdated(workspace: Workspace) -> None:
    publish(workspace, {GROUP_FILE: KENT_TEXT.replace("passport", "logbook")})
    (_, kents) = drift(workspace.snapshot())
    assert kents is DriftState.OUTDATED
    assert body(workspace.snapshot(), "essex", "bring") == "Bring the notice and your logbook."


def test_8_two_groups_on_one_section_are_an_error_and_neither_is_applied(workspace: Workspace) -> None:
    group = "id: pilot\nname: Pilot\nmembers:\n- {force: essex}\n"
    publish(
        workspace,
        {
            "groups/pilot/group.yml": group,
            "groups/pilot/pages/advice/seized-vehicles.en.md": KENT_TEXT,
            GROUP_FILE: KENT_TEXT.replace("passport", "logbook"),
        },
    )
    assert body(workspace.snapshot(), "essex", "bring") == NOTICE
    assert "ambiguous-group" in codes(workspace)


def test_9_in_a_shallow_clone_drift_is_right_and_the_merge_says_it_is_two_way(
    workspace: Workspace, tmp_path: Path
) -> None:
    publish(workspace, {SHARED_FILE: VEHICLES.replace(NOTICE, "Bring two notices.")})
    expected = drift(workspace.snapshot())
    shallow = tmp_path / "shallow"
    origin = (workspace.folder / CONTENT).absolute().as_uri()
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--branch", "published", origin, str(shallow))
    assert git(shallow, "rev-parse", "--is-shallow-repository") == "true"
    with init_workspace(tmp_path / "copy", shallow, PERSON, lambda: NOW).run().value as copy:
        assert drift(copy.snapshot()) == expected == [DriftState.OUTDATED]
        (item,) = items(copy)
    assert item.is_two_way
    assert "can't be found" in item.sentence


def test_9b_a_shallow_clone_itself_is_refused_in_words_before_anything_is_lost(
    workspace: Workspace, tmp_path: Path
) -> None:
    origin = (workspace.folder / CONTENT).absolute().as_uri()
    publish(workspace, {SHARED_FILE: VEHICLES.replace(NOTICE, "Bring two notices.")})
    git(tmp_path, "clone", "--quiet", "--bare", "--depth", "1", origin, str(tmp_path / "shallow.git"))
    with pytest.raises(WorkspaceError):
        Store.open(tmp_path / "shallow.git")


def test_10_two_clones_edit_different_sections_of_one_page_and_nobody_is_asked(tmp_path: Path) -> None:
    desks = make_desks(tmp_path)
    try:
        write(desks.bob, "why", PATH, changed(("not insured", "not taxed")))
        desks.publish({PATH: changed((NOTICE, "Bring two notices."))})
        latest = get_latest(desks.bob).run().value
        assert latest.pending == ()
        assert read(desks.bob, "why") == changed(("not insured", "not taxed"), (NOTICE, "Bring two notices."))
    finally:
        desks.close()


def test_11_a_shared_fact_changes_exactly_the_outputs_that_show_it(workspace: Workspace) -> None:
    own = small_content()["forces/kent/facts.yml"] + FACTS.replace('"26.00"', '"20.00"')
    publish(workspace, {"forces/kent/facts.yml": own})
    before = digests(workspace)
    publish(workspace, {"shared/facts.yml": FACTS.replace('"26.00"', '"28.00"')})
    after = digests(workspace)
    assert {name for name in before if before[name] != after[name]} == {
        "advice/fees essex en",
        "advice/fees gwent en",
        "advice/fees gwent cy",
    }


def test_12_saving_without_change_makes_no_version_and_keeps_every_digest(workspace: Workspace) -> None:
    new_draft(workspace, "same").run()
    before, revision = digests(workspace, "same"), workspace.revision_of("same")
    for path in (SHARED_FILE, KENT_FILE, WELSH_FILE):
        save_private(workspace, "same", path, workspace.snapshot("same").text(path) or "").run()
    assert save_version(workspace, "same", "Nothing").run().value is None
    assert workspace.revision_of("same") == revision
    assert digests(workspace, "same") == before


@pytest.mark.parametrize(("force", "is_blocked"), [("gwent", True), ("kent", False)])
def test_13_english_without_welsh_is_blocked_where_both_are_published_together_and_fine_elsewhere(
    workspace: Workspace, force: str, *, is_blocked: bool
) -> None:
    fees = "shared/pages/advice/fees.cy.md"
    head = "---\ntitle: Ffioedd\nsummary: Beth.\nurl: /cy-GB/ffioedd/\n---\n"
    publish(workspace, {fees: f"{head}Cost.\n\n## Symiau {{#amounts}}\n£26.\n"})
    assert "missing-welsh" not in codes(workspace)
    path = f"forces/{force}/pages/advice/seized-vehicles.en.md"
    publish(workspace, {path: KENT_TEXT.replace("passport", "local card")})
    assert ("missing-welsh" in codes(workspace)) is is_blocked


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% x %}", "{# y #}", "{{ fact.nothing }}", "<script>1</script>"]
)
def test_14_template_text_is_shown_as_written_or_reported_never_run_and_never_swallowed(
    workspace: Workspace, text: str
) -> None:
    publish(workspace, {SHARED_FILE: VEHICLES.replace("not insured.", f"not insured. {text} End.")})
    snapshot = workspace.snapshot()
    output, rendered = Audience(snapshot, ForceId("kent"), Language.EN, TODAY).render(
        PAGE, workspace.renderer
    )
    shown = words_of(rendered.html)
    found = check(snapshot, workspace.renderer, TODAY).run().value
    is_reported = any(each.place.path == SHARED_FILE and each.section == "why" for each in found)
    assert text in shown or is_reported or output.missing_facts
    assert "49" not in shown
    assert "<script>1" not in rendered.html
    assert "End." in shown


SIGNS = st.text(alphabet="ab #{}-:|`*\n\u00a0ŵ😀", max_size=60)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parts=st.lists(SIGNS, max_size=4))
def test_15_what_is_saved_unchanged_stays_byte_for_byte(workspace: Workspace, parts: list[str]) -> None:
    text = VEHICLES + "\n".join(parts) + "\n"
    opened = workspace.snapshot(unsaved={SHARED_FILE: text})
    assert opened.text(SHARED_FILE) == text
    opened.effective(PAGE, ForceId("kent"), Language.EN, TODAY)
    assert opened.sources.data(SHARED_FILE) == text.encode()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_16_resolving_is_the_same_for_any_order_of_files(seed: int) -> None:
    files = {**small_content(), GROUP_FILE: KENT_TEXT.replace("passport", "logbook"), WELSH_FILE: WELSH}
    paths = list(files)
    expected = _resolved(files, paths)
    random.Random(seed).shuffle(paths)
    assert _resolved(files, paths) == expected


def _resolved(files: dict[str, str], paths: list[str]) -> list[object]:
    entries = {path: f"stamp {path}" for path in paths}
    contents = {f"stamp {path}": files[path].encode() for path in paths}
    snapshot = Snapshot(Sources(entries, lambda wanted: {each: contents[each] for each in wanted}, Memory()))
    return [
        snapshot.effective(page, force, language, TODAY)
        for page in (PAGE, FEES)
        for force in sorted(snapshot.registry.forces)
        for language in Language
    ]


def test_a_squashed_history_makes_nothing_outdated(workspace: Workspace, tmp_path: Path) -> None:
    publish(workspace, {SHARED_FILE: VEHICLES.replace("not insured", "not taxed")})
    snapshot = workspace.snapshot()
    files = {path: snapshot.text(path) or "" for path in snapshot.sources.stamps}
    folder = write_folder(tmp_path / "squashed", files)
    with init_workspace(tmp_path / "one-version", folder, PERSON, lambda: NOW).run().value as squashed:
        assert drift(squashed.snapshot()) == drift(snapshot) == [DriftState.CURRENT]
        assert digests(squashed) == digests(workspace)
