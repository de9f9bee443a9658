"""What the editor says of files, layers and ops, in plain words."""

from collections.abc import Mapping, Sequence

from soh_author.domain.counting import counted
from soh_author.domain.ids import LEAD, Language
from soh_author.domain.layers import LayerKind
from soh_author.domain.override import Op, OpKind, Override
from soh_author.domain.page import Page, PageKind
from soh_author.domain.resolving.drift import DriftState

DRIFT_WORDS = {
    DriftState.OUTDATED: "the text above has changed since",
    DriftState.HIDDEN_OUTDATED: "the hidden text has changed since",
    DriftState.ORPHANED: "the section it was written for is gone",
    DriftState.REDUNDANT: "it now says the same as the text above",
    DriftState.UNPINNED: "not yet compared with the text above",
    DriftState.TAKEN_OVER_OUTDATED: "the page above has changed since",
}
"""What is said of an override that needs a look; the others need no word."""

DRIFT_MARKS = {
    DriftState.OUTDATED: "changed above",
    DriftState.HIDDEN_OUTDATED: "changed above",
    DriftState.ORPHANED: "gone above",
    DriftState.REDUNDANT: "same as above",
    DriftState.UNPINNED: "not yet compared",
    DriftState.TAKEN_OVER_OUTDATED: "changed above",
}
"""The same, as short as the margin has room."""

_OP_WORDS = {
    OpKind.REPLACE: "replaces",
    OpKind.APPEND: "adds to the end of",
    OpKind.PREPEND: "adds to the beginning of",
    OpKind.INSERT_AFTER: "new section after",
    OpKind.INSERT_BEFORE: "new section before",
    OpKind.HIDE: "hides",
    OpKind.MOVE_AFTER: "moves",
}

_SHORT_WORDS = {
    OpKind.REPLACE: "replaced",
    OpKind.APPEND: "added at the end",
    OpKind.PREPEND: "added at the beginning",
    OpKind.INSERT_AFTER: "only here",
    OpKind.INSERT_BEFORE: "only here",
    OpKind.HIDE: "hidden",
    OpKind.MOVE_AFTER: "moved",
}


def op_word(op: Op) -> str:
    """The same in a word or two, for the margin."""
    return _SHORT_WORDS[op.kind]


def layer_title(kind: LayerKind, name: str) -> str:
    """Whose text a file is: ``Shared text``, ``Text of Forces in Wales``, ``Gwent Police’s own text``."""
    if kind is LayerKind.SHARED:
        return "Shared text"
    return f"Text of {name}" if kind is LayerKind.GROUP else f"{name}’s own text"


def layer_word(kind: LayerKind, short_name: str) -> str:
    """The same in one word or two, for a tab."""
    return "Shared" if kind is LayerKind.SHARED else short_name


def text_name(kind: LayerKind, short_name: str, language: Language) -> str:
    """A file of a page in a sentence: ``shared text``, ``Gwent’s text, Welsh``."""
    name = "shared text" if kind is LayerKind.SHARED else f"{short_name}’s text"
    return name if language is Language.EN else f"{name}, {language.label}"


def summary_of(value: Page | Override | None, readers: int) -> str:
    """What a file does, behind the name of its layer."""
    if isinstance(value, Override):
        return _summary_of_ops(value)
    if isinstance(value, Page) and value.kind is PageKind.TAKEOVER:
        return f"takes the whole page over, read by {counted(readers, 'force')}"
    if isinstance(value, Page):
        return f"read by {counted(readers, 'force')}"
    return "can’t be read yet: see the problems below"


def _summary_of_ops(override: Override) -> str:
    kinds = [op.kind for op in override.ops]
    parts = []
    replaced = kinds.count(OpKind.REPLACE)
    added = sum(kind.is_insert for kind in kinds)
    longer = kinds.count(OpKind.APPEND) + kinds.count(OpKind.PREPEND)
    if replaced:
        parts.append(f"replaces {counted(replaced, 'section')}")
    if longer:
        parts.append(f"adds to {counted(longer, 'section')}")
    if added:
        parts.append(f"brings {counted(added, 'new section')}")
    if hidden := kinds.count(OpKind.HIDE):
        parts.append(f"hides {counted(hidden, 'section')}")
    if moved := kinds.count(OpKind.MOVE_AFTER):
        parts.append(f"moves {counted(moved, 'section')}")
    if override.sets:
        parts.append(f"changes {counted(len(override.sets), 'detail')}")
    return ", ".join(parts) or "changes nothing yet"


def op_words(op: Op, titles: Mapping[str, str] | None = None) -> str:
    """What an op does: ``replaces “How to reclaim it”``."""
    known = titles or {}
    target = op.anchor if op.kind.is_insert and op.anchor else op.section
    words = f"{_OP_WORDS[op.kind]} “{_title(target, known)}”"
    if op.kind is OpKind.MOVE_AFTER and op.anchor:
        words += f" behind “{_title(op.anchor, known)}”"
    return words


def joined(parts: Sequence[str]) -> str:
    """Parts that are not empty, with a dot between."""
    return " · ".join(part for part in parts if part)


def _title(section: str, titles: Mapping[str, str]) -> str:
    return titles.get(section) or ("the beginning of the page" if section == LEAD else section)
