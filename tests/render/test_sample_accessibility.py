"""Every page of the sample keeps WCAG 2.2 A and AA, in every language it is published in, light and dark.

Each page is read as one force's public reads it; the forces take turns, so that their overrides, names and
furniture come up too. What the look changes is colour alone, so dark pages are asked about colour alone.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.render.renderer import Renderer
from soh_author.settings.data_files import resources_dir
from soh_author.workflow.opening import init_workspace
from soh_author.workflow.outputs import outputs_of
from soh_author.workflow.previewing import PreviewRequest, preview
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import LIVE, Person
from tests.support.browser import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

TODAY = date(2026, 11, 22)
_COLOUR = ("cat.color",)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """What is live in the sample; those who are to approve it are not needed here."""
    folder: Path = tmp_path_factory.mktemp("sample") / "workspace"
    person = Person("Nia Morgan", "nia@example.police.uk")
    content = resources_dir() / "sample_content"
    task = init_workspace(folder, content, person, lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    with task.run().value as workspace:
        yield workspace.snapshot(LIVE)


@pytest.fixture(scope="module")
def browser(qapp: QApplication) -> Iterator[Browser]:
    """One web page for all audits."""
    with Browser(qapp) as opened:
        yield opened


def _read_by(sample: Snapshot, language: Language) -> list[tuple[PageId, ForceId]]:
    """Every page that is published in a language, with one of the forces whose public reads it."""
    found = []
    for number, page in enumerate(sample.page_ids()):
        forces = [force for force, spoken in outputs_of(sample, page, TODAY) if spoken is language]
        if forces:
            found.append((page, forces[number % len(forces)]))
    return found


@pytest.mark.parametrize("language", Language)
def test_every_page_of_the_sample_breaks_no_rule(
    browser: Browser, sample: Snapshot, language: Language
) -> None:
    renderer = Renderer()
    broken: list[str] = []
    read = _read_by(sample, language)
    for theme in ("light", "dark"):
        for page, force in read:
            request = PreviewRequest(page, force, language, TODAY, theme, annotate=False, is_standalone=True)
            html = preview(sample, request, renderer).html
            found = browser.audit(html) if theme == "light" else browser.audit(html, tags=_COLOUR)
            broken += [f"{page}, {force}, {theme}: {violation}" for violation in found]
    assert broken == []
    assert {page for page, _ in read} >= {PageId("advice/victims-witnesses"), PageId("report/lost-property")}
    assert len(read) >= (60 if language is Language.EN else 40)
