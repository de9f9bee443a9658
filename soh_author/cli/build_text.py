"""What a build did, in words."""

from pathlib import Path

from soh_author.domain.counting import counted
from soh_author.workflow.site.building import BuildReport


def build_text(report: BuildReport, out: Path) -> str:
    """What a build did, in a sentence or two."""
    said = f"{counted(report.outputs, 'page')}, {report.written:,} of them written now"
    lines = [f"“{out}” holds {said}, in {report.seconds:.1f} seconds."]
    if report.faults:
        lack = counted(report.faults, "page written now lacks", "pages written now lack")
        lines.append(f"{lack} a fact, picture or linked page: see “soh-author check”.")
    return "\n".join(lines)
