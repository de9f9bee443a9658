"""A wording moved between layers, as programs and people get it."""

from soh_author.cli.answer import Json
from soh_author.workflow.overrides.change_sets import SavedChanges
from soh_author.workflow.wording.restructuring import MovePlan


def move_data(plan: MovePlan, saved: SavedChanges | None, draft: str) -> dict[str, Json]:
    """The plan for programs; ``saved`` is None where it was only shown."""
    return {
        "draft": draft,
        "is_written": saved is not None,
        "revision": (saved.revision or None) if saved else None,
        "page": plan.page,
        "section": plan.section,
        "sentence": plan.sentence,
        "is_proved": plan.is_proved,
        "kept": plan.proof.kept,
        "exceptions": [
            {
                "force": each.output.force,
                "language": each.output.language.value,
                "verdict": each.verdict.value,
                "is_expected": each.is_expected,
            }
            for each in plan.proof.exceptions
        ],
        "given_back": list(plan.given_back),
        "files": sorted(plan.changes),
    }


def move_text(plan: MovePlan, saved: SavedChanges | None) -> str:
    """The plan for people."""
    lines = [plan.sentence]
    if plan.gaining:
        lines.append(f"These read something else: {', '.join(plan.gaining)}.")
    if plan.given_back:
        lines.append(f"These no longer need words of their own: {', '.join(plan.given_back)}.")
    if saved is None:
        lines.append("Nothing was written. Leave --plan out to write it.")
    return "\n".join(lines)
