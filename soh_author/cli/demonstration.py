"""The main job from end to end without a window: a sample, an edit, previews, a check, all sites."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from soh_author.cli import findings, window
from soh_author.cli.answer import Json, to_json
from soh_author.cli.build_text import build_text
from soh_author.cli.call import Call
from soh_author.cli.demonstration_journey import Journey
from soh_author.cli.files import write_file
from soh_author.domain.counting import counted
from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.errors import OutputError
from soh_author.domain.ids import LEAD, ForceId, Language, PageId
from soh_author.domain.layers import SHARED
from soh_author.render.renderer import Renderer
from soh_author.workflow import drafting
from soh_author.workflow.checking import check
from soh_author.workflow.outputs import outputs_of
from soh_author.workflow.previewing import PreviewRequest, preview, who_else
from soh_author.workflow.sampling import make_sample
from soh_author.workflow.site.building import BuildReport, build
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import Workspace

DRAFT = "demo"
MARK = ".soh-author-demo"
_MADE = ("headless", "journey", "previews", "pictures", "findings.json")
_SITE = ("site", ".site.versions")
_FAVOURITE = "seized-vehicles"
_PUBLICS = (
    (ForceId("kent"), Language.EN),
    (ForceId("gloucestershire"), Language.EN),
    (ForceId("gwent"), Language.CY),
)
_SENTENCE = "\nThis sentence was added by the demonstration; it is in the draft “demo” only.\n"


@dataclass(slots=True)
class Account:
    """What the demonstration did: ``lines`` for people, ``data`` for programs."""

    lines: list[str] = field(default_factory=list)
    data: dict[str, Json] = field(default_factory=dict)

    def tell(self, line: str) -> None:
        """Add a step to the account."""
        self.lines.append(line)


def run_headless(call: Call, folder: Path, *, with_pictures: bool) -> Account:
    """Do the whole main job below a folder; what an earlier run left there is replaced, all or nothing of it.

    Raises:
        OutputError: when the folder holds something else.
    """
    with _own_folder(folder):
        account = Account(data={"folder": str(folder.absolute()), "window": False, "pictures": []})
        with call.value(make_sample(folder / "headless", call.practising, call.world.clock)) as workspace:
            _Demonstration(call, folder, workspace, account).run()
            place = workspace.folder
        journey = Journey(call, folder / "headless", folder / "journey")
        journey.run()
        account.lines += journey.lines
        account.data |= journey.data
        if with_pictures:
            _take_pictures(place, folder / "pictures", account)
    account.tell(f"To go on: soh-author list pages --workspace “{place}”")
    return account


def window_workspace(call: Call, folder: Path) -> Path:
    """The workspace the window opens on: the one an earlier run made, or a new sample.

    Raises:
        OutputError: when the folder holds something else.
    """
    _check_is_own(folder)
    sample = folder / "sample"
    workspace = sample / "workspace"
    if not workspace.exists():
        if sample.exists():  # a run that was killed before there was anything to lose
            shutil.rmtree(sample)
        _mark(folder)
        with call.value(make_sample(sample, call.practising, call.world.clock)):
            pass
    return workspace


class _Demonstration:
    def __init__(self, call: Call, folder: Path, workspace: Workspace, account: Account) -> None:
        self.call = call
        self.folder = folder
        self.workspace = workspace
        self.account = account
        self.renderer = Renderer()

    @property
    def today(self) -> date:
        return self.call.today

    def run(self) -> None:
        snapshot = self.workspace.snapshot()
        pages, forces = len(snapshot.page_ids()), len(snapshot.registry.forces)
        said = f"{counted(pages, 'page')} for {counted(forces, 'publisher')}"
        self.account.tell(f"Made a workspace of {said}: {self.workspace.folder}")
        page = self._edit(snapshot)
        self._preview(page)
        self._check()
        self._build()

    def _edit(self, snapshot: Snapshot) -> PageId:
        page = _page_to_edit(snapshot)
        path = next(
            file.path
            for file in snapshot.files_of(page)
            if file.layer == SHARED and file.language is Language.EN
        )
        text = _with_sentence(snapshot.text(path) or "")
        self.call.value(drafting.new_draft(self.workspace, DRAFT))
        self.call.value(drafting.save_private(self.workspace, DRAFT, path, text))
        version = self.call.value(drafting.save_version(self.workspace, DRAFT, "One sentence more"))
        revision = str(version.revision) if version else ""
        self.account.data |= {"page": page, "draft": DRAFT, "revision": revision}
        self.account.tell(f"Changed “{page}” in the draft “{DRAFT}” and saved version {revision[:8]}.")
        force, _language = _publics(snapshot, page, self.today)[0]
        self.account.tell(f"Whom that reaches: {who_else(snapshot, page, LEAD, force, self.today)}")
        return page

    def _preview(self, page: PageId) -> None:
        snapshot = self.workspace.snapshot(DRAFT)
        made: list[Json] = []
        for force, language in _publics(snapshot, page, self.today):
            request = PreviewRequest(
                page, force, language, self.today, "auto", annotate=False, is_standalone=True
            )
            shown = preview(snapshot, request, self.renderer)
            path = self.folder / "previews" / f"{page.rpartition('/')[2]}.{force}.{language}.html"
            write_file(path, shown.html.encode())
            made.append(
                {
                    "force": force,
                    "language": language.value,
                    "digest": shown.digest,
                    "path": str(path.absolute()),
                }
            )
            self.account.tell(f"Previewed it as {snapshot.force(force).name(language)}: {path}")
        self.account.data["previews"] = made

    def _check(self) -> None:
        task = check(self.workspace.snapshot(DRAFT), self.renderer, self.today)
        found: list[Diagnostic] = self.call.value(task)
        path = self.folder / "findings.json"
        data: dict[str, Json] = {"counts": findings.counts(found), "diagnostics": findings.as_data(found)}
        write_file(path, to_json(data).encode())
        self.account.data["counts"] = findings.counts(found)
        self.account.tell(
            f"Checked everything; some faults are there to be found. {findings.summary(found)} {path}"
        )

    def _build(self) -> None:
        out = self.folder / "site"
        report: BuildReport = self.call.value(build(self.workspace, out, on=self.today, source=DRAFT))
        self.account.data |= {"site": str(out.absolute()), "outputs": report.outputs, "faults": report.faults}
        self.account.tell(f"Built the site of every live publisher. {build_text(report, out)}")
        again: BuildReport = self.call.value(build(self.workspace, out, on=self.today, source=DRAFT))
        self.account.tell(f"Built it again: {again.written} pages to write, in {again.seconds:.1f} seconds.")


def _page_to_edit(snapshot: Snapshot) -> PageId:
    shared = [page for page in snapshot.page_ids() if SHARED in snapshot.page_info(page).layers]
    return next((page for page in shared if page.endswith(_FAVOURITE)), shared[0])


def _with_sentence(text: str) -> str:
    """A page with one sentence more in front of its first section."""
    before, heading, after = text.partition("\n## ")
    return f"{before}{_SENTENCE}{heading}{after}"


def _publics(snapshot: Snapshot, page: PageId, on: date) -> list[tuple[ForceId, Language]]:
    """Three publics that read the page: those it is most interesting for, where they have it."""
    readers = outputs_of(snapshot, page, on)
    wanted = [public for public in _PUBLICS if public in readers]
    return [*wanted, *(public for public in readers if public not in wanted)][:3]


def _take_pictures(workspace: Path, folder: Path, account: Account) -> None:
    why_not = window.take_pictures(workspace, folder)
    taken = sorted(folder.rglob("*.png")) if folder.is_dir() else []
    account.data["pictures"] = [str(path.absolute()) for path in taken]
    if why_not:
        account.tell(f"No pictures of the window: {why_not}")
    else:
        account.tell(f"Took {counted(len(taken), 'picture')} of the window: {folder}")


@contextmanager
def _own_folder(folder: Path) -> Iterator[None]:
    """Room for one run: what an earlier one made is gone before, and half a run is gone after."""
    _check_is_own(folder)
    _clear(folder)
    _mark(folder)
    try:
        yield
    except BaseException:
        _clear(folder)
        raise


def _check_is_own(folder: Path) -> None:
    is_ours = (
        not folder.exists() or (folder / MARK).is_file() or (folder.is_dir() and not any(folder.iterdir()))
    )
    if not is_ours:
        raise OutputError(
            f"“{folder}” holds something that no demonstration made.",
            safe="Nothing was changed.",
            todo="Choose another folder with --folder.",
        )


def _mark(folder: Path) -> None:
    write_file(folder / MARK, b"Made by soh-author demo; the next one replaces what it made.\n")


def _clear(folder: Path) -> None:
    for name in (*_MADE, *_SITE):
        path = folder / name
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path, onerror=_make_writable_and_try_again)


def _make_writable_and_try_again(remove: Callable[[str], object], path: str, _error: object) -> None:
    """Stored texts are read-only, and Windows keeps read-only files."""
    Path(path).chmod(0o700)
    remove(path)
