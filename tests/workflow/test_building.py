"""A build writes every force's site, and afterwards only what changed."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soh_author.domain.errors import Cancelled, NotFoundError
from soh_author.domain.ids import ForceId, PageId
from soh_author.render.site_folder import Staging
from soh_author.render.site_record import PageRecord
from soh_author.workflow.site.building import BuildReport, build
from soh_author.workflow.site.crew import Work
from soh_author.workflow.site.making import SiteMaker, site_renderer
from soh_author.workflow.task import Progress, Step
from soh_author.workflow.workspace import CONTENT, Workspace
from tests.support.content import FEES, TODAY, VEHICLES, publish, small_workspace

OUTPUTS = (
    2 * 3 + 2
)  # two pages at three forces, and both in Welsh at Gwent, which publishes both languages or none
SHARED = "shared/pages/advice/seized-vehicles.en.md"


def _build(workspace: Workspace, out: Path, on: date = TODAY, forces: Sequence[ForceId] = ()) -> BuildReport:
    return build(workspace, out, on=on, forces=forces, processes=1).run().value


def _site(folder: Path) -> dict[str, bytes]:
    return {
        Path(top, name).relative_to(folder).as_posix(): Path(top, name).read_bytes()
        for top, _folders, names in os.walk(folder, followlinks=True)
        for name in names
        if not name.startswith(".")
    }


def test_every_force_gets_its_pages_lists_styles_and_map(workspace: Workspace, tmp_path: Path) -> None:
    report = _build(workspace, tmp_path / "site")
    site = _site(tmp_path / "site")
    assert (report.outputs, report.written) == (OUTPUTS, OUTPUTS)
    for force in ("gwent", "kent", "essex"):
        assert {f"{force}/index.html", f"{force}/sitemap.xml", f"{force}/404.html"} <= site.keys()
        assert f"{force}/advice/seized-vehicles/index.html" in site
    assert "gwent/cy-GB/cyngor/cerbydau/index.html" in site
    assert b"passport" in site["kent/advice/seized-vehicles/index.html"]
    assert b"passport" not in site["essex/advice/seized-vehicles/index.html"]


def test_building_again_without_change_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    _build(workspace, tmp_path / "site")
    before = (tmp_path / "site").resolve()
    report = _build(workspace, tmp_path / "site")
    assert (report.outputs, report.written, report.removed) == (OUTPUTS, 0, 0)
    assert (tmp_path / "site").resolve() == before


def test_a_site_known_to_be_made_from_the_same_is_only_looked_at(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[SiteMaker] = []

    def make(*args: Any) -> SiteMaker:  # noqa: ANN401 - it passes on whatever it is given
        made.append(SiteMaker(*args))
        return made[-1]

    monkeypatch.setattr("soh_author.workflow.site.building.SiteMaker", make)
    _build(workspace, tmp_path / "site")
    assert _build(workspace, tmp_path / "site").outputs == OUTPUTS
    assert len(made) == 1
    _build(workspace, tmp_path / "site", on=date(2026, 12, 1))
    assert len(made) == 2, "on another day"
    assert _build(workspace, tmp_path / "site", on=date(2026, 12, 1), forces=[ForceId("kent")]).outputs == 2
    assert len(made) == 3, "for others"
    publish(workspace, {SHARED: VEHICLES.replace("Bring", "Take")})
    _build(workspace, tmp_path / "site", on=date(2026, 12, 1), forces=[ForceId("kent")])
    assert len(made) == 4, "another version"


def test_a_changed_section_rewrites_only_who_reads_it(workspace: Workspace, tmp_path: Path) -> None:
    _build(workspace, tmp_path / "site")
    publish(
        workspace, {SHARED: VEHICLES.replace("Bring the notice.", "Bring the notice and proof of address.")}
    )
    report = _build(workspace, tmp_path / "site")
    assert (
        report.written == 2
    )  # Gwent and Essex in English: Kent keeps its own words, and Gwent's Welsh is its own text


def test_an_override_rewrites_its_force_alone(workspace: Workspace, tmp_path: Path) -> None:
    _build(workspace, tmp_path / "site")
    path = "forces/kent/pages/advice/seized-vehicles.en.md"
    text = workspace.snapshot().text(path) or ""
    publish(workspace, {path: text.replace("passport", "driving licence")})
    assert _build(workspace, tmp_path / "site").written == 1


def test_an_override_that_changed_together_with_what_its_page_shows_reaches_all_readers(
    workspace: Workspace, tmp_path: Path
) -> None:
    _build(workspace, tmp_path / "site")
    kent = "forces/kent/pages/advice/seized-vehicles.en.md"
    text = workspace.snapshot().text(kent) or ""
    facts = workspace.snapshot().text("shared/facts.yml") or ""
    moved = FEES.replace("/advice/fees/", "/advice/what-you-pay/")
    publish(workspace, {kent: text.replace("passport", "licence"), "shared/pages/advice/fees.en.md": moved})
    _build(workspace, tmp_path / "site")
    text = text.replace("passport", "permit")
    publish(workspace, {kent: text, "shared/facts.yml": facts.replace('"26.00"', '"27.00"')})
    _build(workspace, tmp_path / "site")
    publish(workspace, {kent: None})
    _build(workspace, tmp_path / "site")
    _build(workspace, tmp_path / "whole")
    assert _site(tmp_path / "site") == _site(tmp_path / "whole")


def test_only_whose_files_changed_is_put_together_again(workspace: Workspace) -> None:
    maker = SiteMaker(workspace.snapshot(), site_renderer(), TODAY, (), ((), ""))
    page = PageId("advice/seized-vehicles")
    now = maker.stamps(page)
    kent = {**now, "forces/kent/pages/advice/seized-vehicles.en.md": "other"}
    assert maker.touched(page, _earlier(now)) == frozenset()
    assert maker.touched(page, _earlier(kent)) == frozenset({ForceId("kent")})
    assert maker.touched(page, _earlier({**now, SHARED: "other"})) is None, "all may read it"
    assert maker.touched(page, _earlier({})) is None, "more than files changed"
    assert maker.touched(page, None) is None


def _earlier(files: dict[str, str]) -> PageRecord:
    return PageRecord("advice/seized-vehicles", "", files, (), {})


def test_a_fact_that_changes_on_a_day_rewrites_the_outputs_that_show_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    _build(workspace, tmp_path / "site")
    report = _build(workspace, tmp_path / "site", on=date(2026, 12, 1))
    assert report.written == 4  # the page with the fee, at three forces, and Gwent's Welsh one
    assert b"\xc2\xa330" in _site(tmp_path / "site")["kent/advice/fees/index.html"]


def test_a_moved_page_is_followed_by_the_links_to_it(workspace: Workspace, tmp_path: Path) -> None:
    _build(workspace, tmp_path / "site")
    publish(
        workspace, {"shared/pages/advice/fees.en.md": FEES.replace("/advice/fees/", "/advice/what-you-pay/")}
    )
    _build(workspace, tmp_path / "site")
    site = _site(tmp_path / "site")
    assert "kent/advice/fees/index.html" not in site
    assert b"/advice/what-you-pay/#amounts" in site["kent/advice/seized-vehicles/index.html"]
    assert b"/advice/what-you-pay/" in site["kent/a-to-z/index.html"]


def test_a_page_without_a_welsh_address_is_built_beside_the_english_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    _build(workspace, tmp_path / "site")
    site = _site(tmp_path / "site")
    assert b'<html lang="en"' in site["gwent/advice/fees/index.html"]
    assert b'<html lang="cy"' in site["gwent/cy-GB/advice/fees/index.html"]


def test_only_the_forces_asked_for_are_built(workspace: Workspace, tmp_path: Path) -> None:
    _build(workspace, tmp_path / "site", forces=[ForceId("kent")])
    assert {path.partition("/")[0] for path in _site(tmp_path / "site")} == frozenset({ForceId("kent")})


def test_an_unknown_force_is_told(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="sussex"):
        _build(workspace, tmp_path / "site", forces=[ForceId("sussex")])
    assert not (tmp_path / "site").exists()


def test_a_cancelled_build_leaves_the_old_site(workspace: Workspace, tmp_path: Path) -> None:
    _build(workspace, tmp_path / "site")
    before = _site(tmp_path / "site")
    publish(
        workspace,
        {SHARED: VEHICLES.replace("insured", "taxed"), "shared/pages/advice/fees.en.md": FEES + "\nMore.\n"},
    )

    def cancel(_step: Step) -> None:
        progress.cancel()

    progress = Progress(cancel)
    with pytest.raises(Cancelled):
        build(workspace, tmp_path / "site", on=TODAY, processes=1).run(progress)
    assert _site(tmp_path / "site") == before


def test_several_processes_build_what_one_builds(workspace: Workspace, tmp_path: Path) -> None:
    many = {
        f"shared/pages/advice/page-{number}.en.md": FEES.replace("/fees/", f"/page-{number}/")
        for number in range(130)
    }
    publish(workspace, dict(many))
    _build(workspace, tmp_path / "one")
    build(workspace, tmp_path / "two", on=TODAY, processes=2).run()
    assert _site(tmp_path / "one") == _site(tmp_path / "two")


def test_a_helper_that_knows_the_content_makes_what_one_makes_that_reads_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    snapshot = workspace.snapshot()
    work = Work(workspace.folder / CONTENT, snapshot.revision, TODAY, ())
    for name, maker in (("anew", work.open()), ("known", work.open(snapshot))):
        for page in snapshot.page_ids():
            maker.make(page, None, Staging(tmp_path / name), is_whole=True)
    assert len(_site(tmp_path / "anew")) == OUTPUTS
    assert _site(tmp_path / "known") == _site(tmp_path / "anew")


EDITS = st.lists(
    st.sampled_from(
        [
            (SHARED, "insured", "insured or taxed"),
            (SHARED, "title: Seized vehicles", "title: Vehicles we seized"),
            (SHARED, "/advice/seized-vehicles/", "/advice/vehicles/"),
            (SHARED, "related: [advice/fees]\n", ""),
            ("shared/pages/advice/fees.en.md", "/advice/fees/", "/advice/costs/"),
            ("shared/pages/advice/fees.en.md", "What it costs", "The price"),
            ("shared/facts.yml", '"26.00"', '"27.00"'),
            ("forces/kent/pages/advice/seized-vehicles.en.md", "passport", "licence"),
            ("forces/essex/facts.yml", '"101"', '"01632 960000"'),
            ("forces/essex/force.yml", "Essex Police", "Essex Constabulary"),
            ("shared/pages/advice/seized-vehicles.cy.md", "Heb yswiriant", "Dim yswiriant"),
            ("forces/kent/pages/advice/seized-vehicles.en.md", None, None),
            ("shared/pages/advice/fees.en.md", None, None),
        ]
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_building_step_by_step_gives_what_building_at_once_gives(
    edits: list[tuple[str, str | None, str | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    with small_workspace(folder) as workspace:
        _build(workspace, folder / "site")
        for path, old, new in edits:
            text = workspace.snapshot().text(path)
            if text is not None:
                publish(workspace, {path: None if old is None or new is None else text.replace(old, new)})
                _build(workspace, folder / "site")
        _build(workspace, folder / "whole")
        assert _site(folder / "site") == _site(folder / "whole")
