"""What is wrong with one output: in its files, in how they fit together, and in what they name."""

from collections.abc import Iterator

from soh_author.domain.diagnostics import Diagnostic, Severity, diagnose, few_of_a_kind
from soh_author.domain.ids import Language, SectionId
from soh_author.domain.layers import Place
from soh_author.domain.override import OpKind
from soh_author.domain.resolving.drift import drift_diagnostics
from soh_author.domain.resolving.effective import EffectivePage, Part
from soh_author.markup.references import links, media, references
from soh_author.workflow.outputs import Output
from soh_author.workflow.snapshot import Snapshot

_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def output_diagnostics(snapshot: Snapshot, output: Output) -> tuple[Diagnostic, ...]:
    """What is wrong with one output: in its files, in how they fit together, and in what they name."""
    layers = set(output.effective.layers)
    in_files = [
        finding
        for file in snapshot.files_of(output.page)
        if file.layer in layers and file.language in {Language.EN, output.language}
        for finding in snapshot.sources.read(file.path).diagnostics
    ]
    unique = dict.fromkeys([*in_files, *of_output(output)])
    return tuple(sorted(unique, key=lambda finding: (_GRAVITY[finding.severity], finding.sort_key())))


def of_output(output: Output) -> list[Diagnostic]:
    """What is wrong with how an output's files fit together, and with what they name; few of each kind."""
    return few_of_a_kind(_of_output(output))


def _of_output(output: Output) -> Iterator[Diagnostic]:
    yield from output.effective.diagnostics
    yield from drift_diagnostics(output.effective)
    if output.missing_facts or output.missing_links or output.missing_media:
        yield from _missing(output)


def _missing(output: Output) -> Iterator[Diagnostic]:
    facts = {missing.reference.key: missing for missing in output.missing_facts}
    pages, pictures = set(output.missing_links), set(output.missing_media)
    for section, part in _parts(output.effective):
        for reference in references(part.body):
            if reference.key in facts:
                missing = facts[reference.key]
                place = _place(part, reference.line)
                yield diagnose(missing.code, missing.message, place, section=section)
        for link in links(part.body):
            if link.target.removeprefix("page:") in pages:
                place = _place(part, link.line)
                message = f"The link goes to “{link.target}”, and this force has no such page."
                yield diagnose("unknown-page", message, place, section=section)
        for use in media(part.body):
            if use.name in pictures:
                message = f"There is no picture “{use.name}”."
                yield diagnose("unknown-media", message, _place(part, use.line), section=section)
    for page in output.effective.related:
        if page in pages:
            place = (
                output.effective.fields["title"].place if "title" in output.effective.fields else Place("")
            )
            yield diagnose("unknown-page", f"The related page “{page}” does not exist for this force.", place)


def _parts(effective: EffectivePage) -> Iterator[tuple[SectionId, Part]]:
    for section in effective.sections:
        for part in section.parts:
            yield section.id, part


def _place(part: Part, line: int) -> Place:
    has_heading_line = part.op is None or part.op.kind is not OpKind.HIDE
    return Place(part.place.path, part.place.line + line if has_heading_line else part.place.line)
