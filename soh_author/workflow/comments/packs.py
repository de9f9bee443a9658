"""Making a fact-check pack: what a draft changes, in numbered blocks, as one public of each kind reads it.

A pack is told by a version of the draft, a day and the outputs in it: from these it can be made again, so
that answers are known to be about exactly what was shown, and nothing has to be kept.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from soh_author.domain.comment import LONGEST_QUOTE, CheckedOutput
from soh_author.domain.counting import counted
from soh_author.domain.days import moment_in_words
from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.ids import DraftName, PageId
from soh_author.markup.top_blocks import top_blocks
from soh_author.render.fact_check import PackBlock, PackPage, PackPaper, fact_check_html, still
from soh_author.render.renderer import Renderer
from soh_author.trust.canonical_json import dumps
from soh_author.workflow.approvals.transitions import day_of_judgement
from soh_author.workflow.comments.spots import Spot
from soh_author.workflow.outputs import Audience
from soh_author.workflow.release.releasing_case import case_of
from soh_author.workflow.release.releasing_content import candidate, head_of
from soh_author.workflow.release.reviewing_views import groups_of
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

FIRST_LINE = "SOH Author fact check 1"
MOST_OUTPUTS = 200


PackOutput = CheckedOutput
"""One page as one public reads it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One thing to check: where it is from, its text as written, and the values of facts in it."""

    output: PackOutput
    spot: Spot
    heading: str
    source: str
    facts: tuple[str, ...]
    html: str

    @property
    def said(self) -> tuple[object, ...]:
        """What was shown, by which the same block is known again."""
        return (self.output, self.spot.section, self.spot.layer, self.source, self.facts)

    @property
    def name(self) -> str:
        """Names exactly what was shown, as a check tells of it."""
        told = [
            *(self.spot.page, self.spot.language.value, self.spot.section or "", str(self.spot.layer)),
            *(self.source, *self.facts),
        ]
        return hashlib.sha256(dumps(told)).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: the draft's version it shows, the day, and its blocks, numbered from 1."""

    repository: str
    draft: DraftName
    version: str
    day: date
    outputs: tuple[PackOutput, ...]
    blocks: tuple[Block, ...]

    @property
    def digest(self) -> str:
        """Names exactly what is shown."""
        told = [
            f"{self.repository} {self.draft} {self.day}",
            *(
                "\0".join(
                    (
                        *(each.output.page, each.output.force, each.output.language.value),
                        *(each.spot.section or "", str(each.spot.layer), each.source, *each.facts),
                    )
                )
                for each in self.blocks
            ),
        ]
        return f"sha256:{hashlib.sha256(dumps(told)).hexdigest()}"

    @property
    def head(self) -> str:
        """The lines with which an answer begins."""
        pages = (f"Page: {each.page} {each.force} {each.language.value}" for each in self.outputs)
        return "\n".join(
            (
                FIRST_LINE,
                f"Pack: {self.digest}",
                f"Draft: {self.draft}",
                f"Version: {self.version}",
                f"Day: {self.day.isoformat()}",
                *pages,
            )
        )


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack and its file."""

    pack: Pack
    html: str


def make_pack(workspace: Workspace, draft: str, *, page: str = "", force: str = "") -> Task[MadePack]:
    """Make the pack of a draft's newest version.

    Args:
        page: only this page; all that read differently if empty.
        force: as this force's public reads it; as one of each kind of public if empty.

    Raises (when run):
        NotFoundError: when there is no such draft.
        UsageError: when nobody reads anything differently, or it is too much for one pack.
        WorldMovedError: when what is live has changed in the same files since.
    """

    def work(progress: Progress) -> Outcome[MadePack]:
        name = DraftName(draft)
        head = head_of(workspace, name)
        case = case_of(workspace, candidate(workspace, [name]), progress=progress)
        outputs: dict[PackOutput, int] = {}
        for group in groups_of(case):
            publics = [move for move in group.outputs if not force or move.force == force]
            if publics and group.after is not None and (not page or group.page == page):
                first = publics[0]
                outputs[PackOutput(first.page, first.force, first.language)] = len(publics)
        if not outputs or len(outputs) > MOST_OUTPUTS:
            raise _wrong_size(len(outputs))
        pack = pack_of(workspace, name, head, day_of_judgement(workspace.clock()), sorted(outputs))
        paper = _paper(workspace, pack, outputs)
        told = f"The pack has {counted(len(pack.blocks), 'block')} of {counted(len(outputs), 'page')}."
        return Outcome(MadePack(pack, fact_check_html(paper)), notice=told)

    return Task("Making the fact-check pack", work)


def pack_of(
    workspace: Workspace, draft: DraftName, version: str, day: date, outputs: Sequence[PackOutput]
) -> Pack:
    """The pack of a version, a day and outputs; those the version doesn't have are left out."""
    snapshot = workspace.published_snapshot(version)
    # English that stands in for Welsh was shown on the English page already.
    once: dict[tuple[object, ...], Block] = {}
    for output in outputs:
        for block in blocks_of(snapshot, output, day, workspace.renderer):
            once.setdefault((block.spot, block.source, block.facts), block)
    repository = snapshot.manifest.repository
    return Pack(repository, draft, version, day, tuple(outputs), tuple(once.values()))


def blocks_of(snapshot: Snapshot, output: PackOutput, day: date, renderer: Renderer) -> Iterator[Block]:
    """The blocks of one output; none where there is no such page."""
    try:
        audience = Audience(snapshot, output.force, output.language, day)
        effective = audience.effective(output.page)
    except NotFoundError:
        return
    base = replace(audience.context(), page_url=_nowhere, media_url=_there)
    for section in effective.sections:
        heading = section.heading
        for part in section.parts:
            context = replace(base, language=part.language)
            for source in top_blocks(part.body):
                rendered = renderer.render_text(source, context)
                facts = tuple(f"{key}={fact.value}" for key, fact in sorted(rendered.facts_used.items()))
                spot = Spot(output.page, section.id, _quotable(source), part.layer, part.language)
                yield Block(output, spot, heading, source, facts, rendered.html)
                heading = ""


def _nowhere(page: PageId, section: str) -> str:
    """Links lead nowhere on paper."""
    return f"/{page}/#{section}"


def _there(name: str) -> str:
    """Pictures are told by their words on paper."""
    return name


def _quotable(source: str) -> str:
    """The block, or as much of it as a comment quotes."""
    if len(source) <= LONGEST_QUOTE:
        return source
    return source[:LONGEST_QUOTE].rpartition(" ")[0]


def _paper(workspace: Workspace, pack: Pack, publics: dict[PackOutput, int]) -> PackPaper:
    snapshot = workspace.published_snapshot(pack.version)
    numbered = list(enumerate(pack.blocks, 1))
    pages = [
        PackPage(
            snapshot.page_info(output.page).title,
            _told(snapshot, output, publics[output]),
            [
                PackBlock(number, block.heading, still(block.html), block.spot.language.value)
                for number, block in numbered
                if block.output == output
            ],
        )
        for output in pack.outputs
        if any(block.output == output for block in pack.blocks)
    ]
    return PackPaper(pack.draft, moment_in_words(workspace.clock()), pack.head, pages)


def _told(snapshot: Snapshot, output: PackOutput, publics: int) -> str:
    others = f", and {publics - 1} more read it with the same changes" if publics > 1 else ""
    who = snapshot.force(output.force).name()
    return f"{output.page}, in {output.language.label}, as the public of {who} reads it{others}."


def _wrong_size(number: int) -> UsageError:
    if number:
        return UsageError(
            f"The draft changes {number} pages and publics, too much for one pack.",
            safe="Nothing was written.",
            todo="Make it for one page, or for one force.",
        )
    return UsageError(
        "Nobody reads anything differently through this draft, so there is nothing to check.",
        safe="Nothing was written.",
        todo="Look at what the draft changes, or leave page and force out.",
    )
