"""Roll back, schedules and the live check, on real workspaces of three people with keys."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from soh_author.domain.errors import ContentError, NotFoundError, OutputError, UsageError
from soh_author.domain.ids import DraftName, ForceId, Language, PageId
from soh_author.domain.judging.release import ReleaseKind
from soh_author.markup.front_matter import set_field
from soh_author.workflow.drafting import save_private, save_version
from soh_author.workflow.opening import open_address
from soh_author.workflow.outputs import Audience, outputs_of
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.release.auditing_proof import fault_of_release
from soh_author.workflow.release.publishing import Published, Wish, plan
from soh_author.workflow.release.publishing_overlaps import Overlap
from soh_author.workflow.release.receipts import list_releases
from soh_author.workflow.release.releasing_content import waits_to_go_out
from soh_author.workflow.release.reviewing import review, submit
from soh_author.workflow.release.rolling_back import RollBack, kind_of_drafts, roll_back
from soh_author.workflow.release.scheduling import publish_due, schedule, scheduled
from soh_author.workflow.release.verifying_site import Deviation, verify_site
from soh_author.workflow.site.building import build
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import CONTENT, Workspace
from tests.support.content import TODAY
from tests.support.people import FEES, VEHICLES, Office, agree, go_out, send, write

KENT = "forces/kent/pages/advice/seized-vehicles.en.md"
WELSH = "shared/pages/advice/seized-vehicles.cy.md"
OLD, NEW = "What you pay.", "What you have to pay."


def publish_fees(people: Office) -> Published:
    """A release that changes one page for everybody."""
    write(people.nia, "fees", FEES, OLD, NEW)
    send(people, "fees")
    agree(people.sam, "fees")
    done = go_out(people.alex, "fees")
    people.clock.pass_time(minutes=10)
    get_latest(people.nia.workspace).run()
    return done


def test_a_roll_back_is_reviewed_and_restores_the_earlier_digests(people: Office) -> None:
    before = people.nia.workspace.snapshot()
    first = publish_fees(people)
    made = roll_back(people.nia.workspace, RollBack(first.release.id)).run().value
    submit(people.nia.workspace, made.name, people.nia.signer).run()
    agree(people.sam, made.name)
    assert kind_of_drafts(people.sam.workspace, [made.name]) == (ReleaseKind.ROLL_BACK, first.release.id)
    done = go_out(people.alex, made.name)
    text = people.alex.workspace.snapshot().text(FEES) or ""
    assert OLD in text
    assert NEW not in text
    for page, force, language in first.release.outputs:
        audience = Audience(before, force, language, TODAY)
        digest = audience.render(page, people.nia.workspace.renderer)[0].digest
        assert done.release.outputs[page, force, language] == digest
    _the_name_of_a_release_that_was_moved_proves_nothing(people.alex.workspace, first, done)


def _the_name_of_a_release_that_was_moved_proves_nothing(
    workspace: Workspace, first: Published, later: Published
) -> None:
    """Somebody with the server's folder makes the later site pass for the earlier one."""
    assert fault_of_release(workspace, first.release) == ""
    name = workspace.folder / CONTENT / "refs" / "tags" / "releases" / first.release.id
    name.write_text(f"{later.revision}\n")
    assert fault_of_release(workspace, first.release) == "its name was moved to a later version"
    assert fault_of_release(workspace, later.release) == ""


def test_what_was_rolled_back_waits_for_nothing_until_somebody_wants_it_again(people: Office) -> None:
    write(people.nia, "fees", FEES, OLD, NEW)
    schedule(people.nia.workspace, "fees", people.clock() + timedelta(minutes=5)).run()
    send(people, "fees")
    agree(people.sam, "fees")
    people.clock.pass_time(minutes=10)
    workspace, draft = people.alex.workspace, DraftName("fees")
    get_latest(workspace).run()
    assert waits_to_go_out(workspace, draft)
    (due,) = publish_due(workspace, people.alex.signer).run().value
    assert due.published
    get_latest(people.nia.workspace).run()
    made = roll_back(people.nia.workspace, RollBack(due.published.release.id)).run().value
    submit(people.nia.workspace, made.name, people.nia.signer).run()
    agree(people.sam, made.name)
    go_out(people.alex, made.name)
    assert (scheduled(workspace), waits_to_go_out(workspace, draft)) == ((), False)
    assert publish_due(workspace, people.alex.signer).run().value == ()
    get_latest(people.nia.workspace).run()
    write(people.nia, "fees", FEES, OLD, "What it costs you.")
    assert waits_to_go_out(people.nia.workspace, draft)


def test_an_old_yes_does_not_count_again_after_a_roll_back(people: Office) -> None:
    first = publish_fees(people)
    made = roll_back(people.nia.workspace, RollBack(first.release.id)).run().value
    submit(people.nia.workspace, made.name, people.nia.signer).run()
    agree(people.sam, made.name)
    go_out(people.alex, made.name)
    people.clock.pass_time(minutes=10)
    get_latest(people.alex.workspace).run()
    head = people.alex.workspace.revision_of("published")
    files = people.alex.workspace.store.files(first.revision)
    records = {
        path: people.alex.workspace.store.read(files[path].blob) for path in files if "approvals/" in path
    }
    write(people.alex, "again", FEES, OLD, NEW)
    people.alex.workspace.store.write(
        "drafts/again",
        people.alex.workspace.revision_of("again"),
        dict(records),
        note="The same yes once more",
        author=people.alex.workspace.person.author,
        when=people.clock(),
    )
    planned = plan(people.alex.workspace, Wish(("again",)), people.alex.signer).run().value
    assert any("is not approved yet by somebody who may" in each.sentence for each in planned.unmet)
    assert people.alex.workspace.revision_of("published") == head


def test_one_force_alone_reads_what_it_read_before(people: Office) -> None:
    first = publish_fees(people)
    made = roll_back(people.nia.workspace, RollBack(first.release.id, force=ForceId("kent"))).run().value
    found = review(people.nia.workspace, made.name).run().value
    assert {move.force for group in found.groups for move in group.outputs} == {"kent"}
    (passage,) = found.groups[0].passages
    assert (passage.before, passage.after) == (NEW, OLD)


def _change_everything(people: Office) -> Published:
    """A release that changes words in both languages, a title, and the value of a fact."""
    workspace, draft = people.nia.workspace, "everything"
    write(people.nia, draft, FEES, "title: ", "title: All ")
    write(people.nia, draft, FEES, OLD, NEW)
    write(people.nia, draft, "shared/facts.yml", '"26.00"', '"27.00"')
    write(people.nia, draft, VEHICLES, "Bring the notice.", "Bring the notice and the key.")
    write(people.nia, draft, WELSH, "Dewch â'r hysbysiad.", "Dewch â'r hysbysiad a'r allwedd.")
    after = workspace.snapshot(draft)
    text = after.text(WELSH) or ""
    pinned = write_pins(after, new_pins(after, TODAY, pages=[PageId("advice/seized-vehicles")])).texts
    save_private(workspace, draft, WELSH, set_field(pinned[WELSH], ("title",), "Cerbydau")).run()
    assert text != pinned[WELSH]
    save_version(workspace, draft, "Pinned").run()
    send(people, draft)
    agree(people.sam, draft)
    done = go_out(people.alex, draft)
    people.clock.pass_time(minutes=10)
    get_latest(people.nia.workspace).run()
    return done


def _digests(workspace: Workspace, draft: str, force: str) -> dict[tuple[str, str], str]:
    found = {}
    snapshot = workspace.snapshot(draft)
    for page in snapshot.page_ids():
        for known, language in outputs_of(snapshot, page, TODAY):
            if known == force:
                shown = Audience(snapshot, known, language, TODAY).render(page, workspace.renderer)[0]
                found[str(page), language.value] = shown.digest
    return found


def test_one_force_reads_the_value_of_a_day_to_come_as_before(people: Office) -> None:
    before = _digests(people.nia.workspace, "published", "kent")
    write(people.nia, "price", "shared/facts.yml", '"30.00"', '"31.00"')
    send(people, "price")
    agree(people.sam, "price")
    done = go_out(people.alex, "price")
    people.clock.pass_time(minutes=10)
    get_latest(people.nia.workspace).run()
    assert _digests(people.nia.workspace, "published", "kent") != before
    made = roll_back(people.nia.workspace, RollBack(done.release.id, force=ForceId("kent"))).run().value
    assert _digests(people.nia.workspace, made.name, "kent") == before
    assert _digests(people.nia.workspace, made.name, "essex") != before


def test_one_force_reads_its_welsh_its_titles_and_its_facts_as_before(people: Office) -> None:
    workspace = people.nia.workspace
    before = {force: _digests(workspace, "published", force) for force in ("gwent", "kent", "essex")}
    first = _change_everything(people)
    after = {force: _digests(workspace, "published", force) for force in before}
    assert all(before[force] != after[force] for force in before)
    made = roll_back(workspace, RollBack(first.release.id, force=ForceId("gwent"))).run().value
    assert _digests(workspace, made.name, "kent") == after["kent"]
    assert _digests(workspace, made.name, "essex") == after["essex"]
    effective = [
        {
            (str(page), language): [
                *(section.pin for section in shown.sections),
                shown.value("title"),
            ]
            for page in snapshot.page_ids()
            for language in Language
            for shown in [snapshot.effective(page, ForceId("gwent"), language, TODAY)]
        }
        for snapshot in (workspace.published_snapshot(_parent(people, first)), workspace.snapshot(made.name))
    ]
    assert effective[0] == effective[1]
    found = review(workspace, made.name).run().value
    assert {move.force for group in found.groups for move in group.outputs} == {"gwent"}
    faults = {(fault.code, fault.place.path) for fault in found.case.proposal.faults}
    # This page never had any Welsh; that is now said of the force's own text.
    assert faults <= {("missing-welsh", "forces/gwent/pages/advice/fees.en.md")}


def _restructure(people: Office) -> Published:
    """A release that drops a section, adds one, swaps others, and moves the page to another address."""
    workspace, draft = people.nia.workspace, "restructured"
    write(people.nia, draft, VEHICLES, "## What to bring {#bring}\nBring the notice.\n", "")
    write(
        people.nia,
        draft,
        VEHICLES,
        "en: /advice/seized-vehicles/, cy: /cy-GB/cyngor/cerbydau/",
        "en: /a/, cy: /b/",
    )
    why = "## Why we seize vehicles {#why}\nWe seize vehicles that are not insured.\n\n"
    write(people.nia, draft, VEHICLES, why, "")
    text = (workspace.snapshot(draft).text(VEHICLES) or "") + "\n" + why + "## New {#new}\nNew.\n"
    save_private(workspace, draft, VEHICLES, text).run()
    welsh = workspace.snapshot(draft).text(WELSH) or ""
    gone = "## Beth i ddod {#bring}\nDewch â'r hysbysiad.\n"
    save_private(workspace, draft, WELSH, welsh.replace(gone, "## Newydd {#new}\nNewydd.\n")).run()
    save_private(workspace, draft, KENT, None).run()
    save_version(workspace, draft, "Restructured").run()
    send(people, draft)
    agree(people.sam, draft)
    done = go_out(people.alex, draft)
    people.clock.pass_time(minutes=10)
    get_latest(people.nia.workspace).run()
    return done


@pytest.mark.parametrize("force", ["gwent", "kent"])
def test_one_force_reads_sections_order_and_address_as_before_where_they_went(
    people: Office, force: str
) -> None:
    workspace, page = people.nia.workspace, PageId("advice/seized-vehicles")
    first = _restructure(people)
    others = {name: _digests(workspace, "published", name) for name in ("gwent", "kent", "essex")}
    made = roll_back(workspace, RollBack(first.release.id, force=ForceId(force))).run().value
    shown = []
    for snapshot in (workspace.published_snapshot(_parent(people, first)), workspace.snapshot(made.name)):
        for language in snapshot.force(ForceId(force)).languages:
            found = snapshot.effective(page, ForceId(force), language, TODAY)
            shown.append(
                [*((each.id, each.heading, each.body) for each in found.sections), found.value("url")]
            )
    half = len(shown) // 2
    assert shown[:half] == shown[half:]
    assert {name: _digests(workspace, made.name, name) for name in others if name != force} == {
        name: digests for name, digests in others.items() if name != force
    }
    assert review(workspace, made.name).run().value.case.proposal.faults == ()


def test_one_language_alone_is_rolled_back(people: Office) -> None:
    workspace = people.nia.workspace
    first = _change_everything(people)
    made = roll_back(workspace, RollBack(first.release.id, language=Language.CY)).run().value
    snapshot = workspace.snapshot(made.name)
    assert made.name == "roll-back-everything-cy"
    assert "Dewch â'r hysbysiad.\n" in (snapshot.text(WELSH) or "")
    assert "and the key" in (snapshot.text(VEHICLES) or "")
    assert NEW in (snapshot.text(FEES) or "")


def _parent(people: Office, done: Published) -> str:
    return str(people.nia.workspace.store.version(done.revision).parents[0])


def test_what_was_changed_again_since_is_not_rolled_back_blindly(people: Office) -> None:
    first = publish_fees(people)
    write(people.nia, "more", FEES, NEW, "What it costs you.")
    send(people, "more")
    agree(people.sam, "more")
    go_out(people.alex, "more")
    with pytest.raises(ContentError, match="changed in the same place since"):
        roll_back(people.alex.workspace, RollBack(first.release.id)).run()
    with pytest.raises(NotFoundError):
        roll_back(people.alex.workspace, RollBack(first.release.id, PageId("advice/seized-vehicles"))).run()


def test_a_scheduled_draft_goes_out_when_its_time_has_come_and_only_once(people: Office) -> None:
    moment = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    write(people.nia, "fees", FEES, OLD, NEW)
    send(people, "fees")
    agree(people.sam, "fees")
    get_latest(people.alex.workspace).run()
    schedule(people.alex.workspace, "fees", moment).run()
    assert [each.draft for each in scheduled(people.alex.workspace)] == ["fees"]
    assert publish_due(people.alex.workspace, people.alex.signer).run().value == ()
    people.clock.now = moment + timedelta(minutes=5)
    (due,) = publish_due(people.alex.workspace, people.alex.signer).run().value
    assert due.published is not None, due.why_not
    assert due.published.release.not_before == moment
    assert publish_due(people.alex.workspace, people.alex.signer).run().value == ()
    assert scheduled(people.alex.workspace) == ()


def test_two_timers_at_once_come_to_one_release(people: Office, tmp_path: Path) -> None:
    write(people.nia, "fees", FEES, OLD, NEW)
    send(people, "fees")
    agree(people.sam, "fees")
    schedule(people.sam.workspace, "fees", people.clock() + timedelta(hours=1)).run()
    people.clock.pass_time(hours=2)
    other = people.alex.workspace.person
    with open_address(str(people.origin), tmp_path / "other", other, people.clock).run().value as elsewhere:
        trust_origin(elsewhere)
        with ThreadPoolExecutor(2) as both:
            runs = [
                both.submit(publish_due(workspace, people.alex.signer).run)
                for workspace in (people.alex.workspace, elsewhere)
            ]
            found = [due for run in runs for due in run.result().value]
        # In the same second both may make the very same release, and each is told that it is out.
        assert len({due.published.revision for due in found if due.published}) == 1
        assert not [due.why_not for due in found if due.why_not]
        get_latest(elsewhere).run()
        get_latest(people.alex.workspace).run()
        assert len(list_releases(elsewhere).run().value) == 1
        assert people.alex.workspace.revision_of("published") == elsewhere.revision_of("published")
        assert publish_due(elsewhere, people.alex.signer).run().value == ()


def test_what_is_due_but_not_approved_stays_and_says_why(people: Office) -> None:
    write(people.nia, "fees", FEES, OLD, NEW)
    send(people, "fees")
    with pytest.raises(UsageError):
        schedule(people.nia.workspace, "fees", people.clock()).run()
    schedule(people.nia.workspace, "fees", people.clock() + timedelta(hours=1)).run()
    people.clock.pass_time(hours=2)
    get_latest(people.alex.workspace).run()
    (due,) = publish_due(people.alex.workspace, people.alex.signer).run().value
    assert due.published is None
    assert "is not approved yet by somebody who may" in due.why_not
    get_latest(people.nia.workspace).run()
    schedule(people.nia.workspace, "fees", None).run()
    assert scheduled(people.nia.workspace) == ()


def test_a_schedule_warns_of_approvals_it_will_make_stale(people: Office) -> None:
    write(people.nia, "words", VEHICLES, "We seize vehicles that", "We may seize vehicles that")
    write(people.nia, "days", "shared/facts.yml", 'values: [{value: "7"}]', 'values: [{value: "14"}]')
    for draft in ("words", "days"):
        send(people, draft)
    found = schedule(people.nia.workspace, "days", people.clock() + timedelta(days=1)).run().value
    assert found is not None
    (overlap,) = found.overlaps
    assert isinstance(overlap, Overlap)
    assert (overlap.draft, overlap.people) == ("words", ("nia",))
    assert all("advice/seized-vehicles" in subject for subject in overlap.subjects)


def test_the_live_check_names_exactly_the_pages_that_are_not_as_released(
    people: Office, tmp_path: Path
) -> None:
    done = publish_fees(people)
    workspace = people.alex.workspace
    site = tmp_path / "site"
    build(workspace, site, on=TODAY, processes=1).run()
    assert verify_site(workspace, site, done.release.id, TODAY).run().value.is_true
    page = site / "kent" / "advice" / "fees" / "index.html"
    text = page.read_bytes()
    page.unlink()
    page.write_bytes(text.replace(b"What you have to pay", b"What you may pay"))
    (site / "essex" / "advice" / "fees" / "index.html").unlink()
    (site / "essex" / "new").mkdir()
    (site / "essex" / "new" / "index.html").write_bytes(b"<p>Hello</p>")
    (site / "essex" / "new" / "\x1b[2J.php").write_bytes(b"<?php")
    shutil.rmtree(site / "gwent")
    found = verify_site(workspace, site, done.release.id, TODAY).run().value
    assert [(each.path, each.deviation) for each in found.strayed] == [
        ("essex/advice/fees/index.html", Deviation.MISSING),
        ("essex/new/\x1b[2J.php", Deviation.UNKNOWN),
        ("essex/new/index.html", Deviation.UNKNOWN),
        ("kent/advice/fees/index.html", Deviation.ALTERED),
    ]
    assert all(each.sentence.isprintable() for each in found.strayed)
    assert found.absent == ("gwent",)
    with pytest.raises(OutputError):
        verify_site(workspace, tmp_path / "keys", done.release.id, TODAY).run()
