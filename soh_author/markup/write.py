"""Changing files: one section, one op, one field at a time; the rest of the file stays byte for byte.

All of these take and give back the text of a whole file. They refuse (:class:`ContentError`) to write a file
in which another section than the one meant would change.
"""

import re
from collections.abc import Mapping, Sequence

from soh_author.domain.errors import ContentError, NotFoundError
from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.override import OpKind
from soh_author.domain.pins import Pin
from soh_author.markup.front_matter import Split, read, set_field, set_op_fields, with_front_matter
from soh_author.markup.sections import Slice, read_sections, slice_body
from soh_author.markup.yaml_editing import append_item, newline_of, remove_value
from soh_author.markup.yaml_reading import Yaml
from soh_author.markup.yaml_writing import emit

_WITHOUT_TEXT = {kind.value for kind in OpKind if not kind.carries_text}
_LINE_END = re.compile(r"\r\n?|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n?|\n))*")
_HEADING = re.compile(r"(?P<words>[ ]{0,3}##(?:[ \t]+\S.*?)?)(?P<rest>[ \t]*(?:[ \t]#+)?[ \t]*)\Z", re.DOTALL)
_WRITTEN_ID = re.compile(r"\{[^{}]*\}(?=[ \t]*(?:#+[ \t]*)?\Z)")


def section_block(heading: str, section: SectionId, body: str) -> str:
    """The Markdown of a whole section: its heading with the id, and the text below."""
    text = body.strip("\r\n")
    return (
        f"## {heading.strip()} {{#{section}}}\n{text}\n" if text else f"## {heading.strip()} {{#{section}}}\n"
    )


def replace_section(
    text: str, section: SectionId, body: str, *, heading: str | None = None, occurrence: int = 0
) -> str:
    """Give a section another text; blank lines around the old one stay.

    Args:
        text: the whole file.
        section: id of the section; ``lead`` for the text before the first heading.
        body: the new Markdown below the heading.
        heading: new words for the heading; None keeps it as it is.
        occurrence: which of several blocks with this id, from 0; only overrides have several.

    Raises:
        NotFoundError: when the file has no such section.
        ContentError: when the new text would change where other sections begin.
    """
    file = with_front_matter(text) if text.startswith(("---", "\ufeff---")) else _bare(text)
    piece = _find(file.body, section, occurrence)
    source = piece.source if heading is None else _with_words(piece.source, heading, section)
    if source and not source.endswith(("\n", "\r")) and body.strip():
        source += newline_of(text)
    fresh = source + _fitted(piece, body, file.body)
    changed = file.body[: piece.start] + fresh + file.body[piece.end :]
    others = [
        other for other in slice_body(file.body) if other.start != piece.start or other.source != piece.source
    ]
    if _texts(slice_body(changed), without=fresh) != _texts(others):
        raise _swallowed("The new text")
    return file.with_body(changed)


def add_op(text: str, op: Mapping[str, str], block: str | None) -> str:
    """Add an op to an override, and its ``##`` block to the end of the body.

    Args:
        text: the whole file.
        op: the op's fields, in the order they shall have.
        block: Markdown from its heading on (:func:`section_block`); None for ops that bring no text.

    Raises:
        ContentError: when the file can't be changed without touching anything else.
    """
    file = with_front_matter(text)
    raw = append_item(file.raw_yaml, "ops", dict(op))
    return _with_block(Split(file.opening, raw, file.closing, file.body, file.body_line), block)


def change_op(
    text: str,
    number: int,
    fields: Mapping[str, str | None],
    *,
    body: str | None = None,
    heading: str | None = None,
) -> str:
    """Change fields of an op, and the text of its block when ``body`` is given (heading: ``heading``).

    Raises:
        NotFoundError: when there is no such op, or it has no block.
        ContentError: when the file can't be changed without touching anything else.
    """
    section, occurrence = _block_of(text, number)
    if body is not None:
        text = replace_section(text, section, body, heading=heading, occurrence=occurrence)
    return set_op_fields(text, number, fields)


def remove_op(text: str, number: int) -> str | None:
    """Take an op and its block out of an override: the section is given back to the layers above.

    Returns:
        The file without them; None when nothing is left that it changes, so that it can be deleted.

    Raises:
        NotFoundError: when there is no such op.
        ContentError: when the file can't be changed without touching anything else.
    """
    section, occurrence = _block_of(text, number)
    file = with_front_matter(text)
    op = _ops(file)[number]
    body = file.body
    if op.get("op") not in _WITHOUT_TEXT:
        pieces = _pieces(body, section)
        body = _without(body, pieces[occurrence]) if occurrence < len(pieces) else body
    raw = remove_value(file.raw_yaml, ("ops", number))
    changed = Split(file.opening, raw, file.closing, body, file.body_line)
    return changed.with_body(body) if _changes_anything(changed) else None


def set_change(
    text: str, field: str, value: str, base: Pin | None, reason: Mapping[str, str] | None = None
) -> str:
    """Let an override set a field of the page.

    Args:
        text: the whole file.
        field: name of the field.
        value: its value here.
        base: pin of the value above; None when the layers above have none.
        reason: why, owner and review_by, where given.

    Raises:
        ContentError: when the file can't be changed without touching anything else.
    """
    given: dict[str, str | None] = {"value": value, "base": base, **(reason or {})}
    known = read(with_front_matter(text).raw_yaml).value.get("set")
    if isinstance(known, dict) and field in known:
        for name, item in given.items():
            text = set_field(text, ("set", field, name), item)
        return text
    entry: Yaml = {name: item for name, item in given.items() if item is not None}
    return set_field(text, ("set", field), entry)


def remove_change(text: str, field: str) -> str | None:
    """Let an override no longer set a field; None when nothing is left that it changes.

    Raises:
        ContentError: when the file can't be changed without touching anything else.
    """
    changed = with_front_matter(set_field(text, ("set", field), None))
    return changed.with_body(changed.body) if _changes_anything(changed) else None


def new_override(
    page: PageId,
    ops: Sequence[tuple[Mapping[str, str], str | None]] = (),
) -> str:
    """The text of a new override file.

    Args:
        page: the page it changes.
        ops: each op's fields with its block, as :func:`add_op` takes them.
    """
    lines = [f"overrides: {emit(str(page))}"]
    if ops:
        lines.append("ops:")
        lines.extend(f"- {emit(dict(op))}" for op, _ in ops)
    blocks = [block.strip("\r\n") + "\n" for _, block in ops if block is not None]
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n" + "\n".join(blocks)


def new_page(fields: Mapping[str, Yaml], body: str) -> str:
    """The text of a new page file, its fields one below the other in their order."""
    lines = "".join(f"{name}: {emit(value)}\n" for name, value in fields.items())
    return f"---\n{lines}---\n{body}"


def add_missing_ids(text: str, *, language: Language = Language.EN) -> str:
    """Give every section a good id of its own: missing, bad and doubled ids are mended, all else stays.

    In Welsh files nothing is changed: their ids are those of the English and can't be made from the words.
    """
    if language is Language.CY:
        return text
    file = with_front_matter(text) if text.startswith(("---", "\ufeff---")) else _bare(text)
    is_override = "overrides" in read(file.raw_yaml).value
    sections = read_sections(file.body, is_override=is_override)
    body = [sections.slices[0].body]
    for piece, section in zip(sections.slices[1:], sections.texts[1:], strict=True):
        source = piece.source if piece.written_id == section.id else _with_id(piece.source, section.id)
        body.append(source + piece.body)
    return file.with_body("".join(body))


# -- finding -------------------------------------------------------------------------------------------------


def _bare(text: str) -> Split:
    return Split("", "", "", text, 1)


def _pieces(body: str, section: SectionId) -> list[Slice]:
    sections = read_sections(body, is_override=True)
    pairs = list(zip(sections.slices, sections.texts, strict=True))
    # In an override the block ## Lead {#lead} is meant, not the nothing above it.
    later = [piece for piece, text in pairs[1:] if text.id == section]
    return later or [piece for piece, text in pairs[:1] if text.id == section]


def _find(body: str, section: SectionId, occurrence: int) -> Slice:
    pieces = _pieces(body, section)
    if occurrence >= len(pieces):
        raise NotFoundError(f"There is no section “{section}” in this file.", safe="Nothing was changed.")
    return pieces[occurrence]


def _ops(file: Split) -> list[dict[str, Yaml]]:
    ops = read(file.raw_yaml).value.get("ops")
    return [op if isinstance(op, dict) else {} for op in ops] if isinstance(ops, list) else []


def _block_of(text: str, number: int) -> tuple[SectionId, int]:
    """The section of an op, and which of the blocks with its id is the op's."""
    ops = _ops(with_front_matter(text))
    if number >= len(ops):
        raise NotFoundError(f"The override has no change number {number + 1}.", safe="Nothing was changed.")
    section = ops[number].get("section")
    same = [op for op in ops[:number] if op.get("section") == section and op.get("op") not in _WITHOUT_TEXT]
    return SectionId(str(section)), len(same)


def _changes_anything(file: Split) -> bool:
    known = read(file.raw_yaml).value
    return bool(known.get("ops") or known.get("set"))


# -- cutting and joining -------------------------------------------------------------------------------------


def _fitted(piece: Slice, body: str, whole: str) -> str:
    """A new body with the line ends of the file and the blank lines of the old body."""
    newline = newline_of(whole)
    fresh = _LINE_END.sub(newline, body).strip("\r\n")
    words = piece.body.rstrip(" \t\r\n")
    if words:
        head = _BLANK_LINES.match(words)
        above = head.group() if head and fresh else ""
        return above + fresh + piece.body[len(words) :]
    is_last = piece.end == len(whole)
    return fresh + (newline if is_last else newline * 2) if fresh else piece.body


def _with_block(file: Split, block: str | None) -> str:
    if block is None:
        return file.with_body(file.body)
    newline = newline_of(file.opening)
    fresh = _LINE_END.sub(newline, block.strip("\r\n")) + newline
    body = file.body
    if body.strip():
        body = body.rstrip("\r\n") + newline * 2
    changed = body + fresh
    before, after = slice_body(file.body), slice_body(changed)
    if len(after) != len(before) + 1 or after[-1].source + after[-1].body != fresh:
        raise _swallowed("The new text")
    return file.with_body(changed)


def _without(body: str, piece: Slice) -> str:
    rest = body[: piece.start] + body[piece.end :]
    if piece.end == len(body) and rest.strip():
        rest = rest.rstrip("\r\n") + newline_of(body)
    others = [
        other for other in slice_body(body) if other.start != piece.start or other.source != piece.source
    ]
    if _texts(slice_body(rest)) != _texts(others):
        raise _swallowed("Taking the text out")
    return rest


def _texts(pieces: Sequence[Slice], without: str | None = None) -> list[str]:
    """What sections say, but for blank lines at their ends; one that says ``without`` is left out once."""
    texts = [(piece.source + piece.body).rstrip("\r\n") for piece in pieces]
    if without is not None and without.rstrip("\r\n") in texts:
        texts.remove(without.rstrip("\r\n"))
    return texts


def _swallowed(what: str) -> ContentError:
    return ContentError(
        f"{what} would change where other sections begin: it holds a ## heading or is left open.",
        safe="Nothing was changed.",
        todo="Use ### inside a section, and close every ``` and ::: .",
    )


# -- headings ------------------------------------------------------------------------------------------------


def _with_words(source: str, heading: str, section: SectionId) -> str:
    end = _LINE_END.search(source)
    return f"## {heading.strip()} {{#{section}}}{end.group() if end else ''}" if source else source


def _with_id(source: str, section: SectionId) -> str:
    """The heading's lines with this id instead of the one written, if any."""
    lines = _LINE.findall(source)
    # The words of an underlined heading end on the line above the line below them.
    number = 0 if len(lines) == 1 else len(lines) - 2
    line = lines[number].rstrip("\r\n")
    end = lines[number][len(line) :]
    if _WRITTEN_ID.search(line) and "{#" in line:
        line = _WRITTEN_ID.sub(f"{{#{section}}}", line)
    else:
        parts = _HEADING.match(line) if len(lines) == 1 else None
        line = (
            f"{parts['words']} {{#{section}}}{parts['rest']}" if parts else f"{line.rstrip()} {{#{section}}}"
        )
    lines[number] = line + end
    return "".join(lines)
