"""From faults of a schema to diagnostics with lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import SectionId
from soh_author.domain.layers import Place
from soh_author.markup.yaml_reading import YamlText
from soh_author.schema.faults import Fault


def diagnostics_of(faults: Iterable[Fault], yaml: YamlText, path: str) -> list[Diagnostic]:
    """The faults with their lines.

    Fields are not reported missing when lines of the file could not be read: they may stand there.
    """
    return [
        diagnose(fault.code, fault.message, Place(path, yaml.lines.of(fault.path)))
        for fault in faults
        if yaml.is_whole or fault.code != "missing-key"
    ]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an override is there, whose it is, and when to look again."""

    why: str
    owner: str
    review_by: date | None


def missing_reason(
    what: str, reason: Reason, place: Place, section: SectionId | None = None
) -> Iterator[Diagnostic]:
    """The finding that an override doesn't say why it is there, whose it is, or when to look again.

    Args:
        what: the beginning of the sentence, like “The section “reclaim” is replaced”.
        reason: what is given.
        place: where the override is.
        section: the section it changes, if it is one.
    """
    given = {"why": reason.why, "owner": reason.owner, "review_by": reason.review_by}
    missing = [f"“{name}”" for name, value in given.items() if not value]
    if missing:
        listed = " and ".join([", ".join(missing[:-1]), missing[-1]] if missing[1:] else missing)
        yield diagnose("missing-reason", f"{what} without {listed}.", place, section=section)
