"""The fields between the two ``---`` lines at the beginning of a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.errors import ContentError
from soh_author.markup.yaml_editing import newline_of, remove_value, set_value
from soh_author.markup.yaml_reading import Yaml, YamlText, read_yaml, type_of_path

_OPENING = re.compile("\ufeff?---[ \t]*(?:\r\n?|\n)")
_CLOSING = re.compile(r"(?:(?<=\n)|(?<=\r))---[ \t]*(?:\r\n?|\n|\Z)")
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Split:
    """A page file cut in four; put together they are the file again.

    ``opening`` and ``closing`` are the ``---`` lines, empty when there is no front matter. ``body_line`` is
    the line of the file on which the body begins. ``is_unclosed`` tells that the second ``---`` is missing;
    all is body then.
    """

    opening: str
    raw_yaml: str
    closing: str
    body: str
    body_line: int
    is_unclosed: bool = False

    @property
    def has_front_matter(self) -> bool:
        """Whether there is any."""
        return bool(self.opening)

    @property
    def body_start(self) -> int:
        """Offset of the body in the file."""
        return len(self.opening) + len(self.raw_yaml) + len(self.closing)

    def with_yaml(self, raw_yaml: str) -> str:
        """The whole file with other fields."""
        return f"{self.opening}{raw_yaml}{self.closing}{self.body}"

    def with_body(self, body: str) -> str:
        """The whole file with another body."""
        return f"{self.opening}{self.raw_yaml}{self.closing}{body}"


def split(text: str) -> Split:
    """Cut a file into front matter and body, byte for byte."""
    opening = _OPENING.match(text)
    if not opening:
        return Split("", "", "", text, 1)
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        return Split("", "", "", text, 1, is_unclosed=True)
    line = 1 + len(_LINE_END.findall(text, 0, closing.end()))
    return Split(
        opening.group(), text[opening.end() : closing.start()], closing.group(), text[closing.end() :], line
    )


def read(raw_yaml: str, path: str = "") -> YamlText:
    """Read front matter, which begins on line 2 of its file."""
    return read_yaml(raw_yaml, path, 2)


def set_field(text: str, key: str | type_of_path, value: Yaml | None) -> str:
    """Set one field of a file, changing only its lines; None removes it, and what is left empty around it.

    Args:
        text: the whole file.
        key: ``summary``, ``set.summary.value``, or the path as keys and numbers.
        value: the new value. What is missing on the way to it is made.

    Raises:
        ContentError: when the fields can't be read, or not be changed without touching anything else.
    """
    path: type_of_path = tuple(key.split(".")) if isinstance(key, str) else key
    file = with_front_matter(text)
    if value is None:
        return file.with_yaml(remove_value(file.raw_yaml, path))
    return file.with_yaml(set_value(file.raw_yaml, path, value))


def set_op_fields(text: str, number: int, fields: Mapping[str, str | None]) -> str:
    """Set fields of one op of an override, as its ``base`` and ``at``; None removes a field.

    Args:
        text: the whole file.
        number: the op's place among the file's ops, from 0.
        fields: new values by name.

    Raises:
        ContentError: as :func:`set_field`; also when there is no such op.
    """
    for name, value in fields.items():
        text = set_field(text, ("ops", number, name), value)
    return text


def with_front_matter(text: str) -> Split:
    """Cut a file; one without front matter gets an empty one.

    Raises:
        ContentError: when the front matter isn't closed, so that nobody can tell where it ends.
    """
    file = split(text)
    if file.is_unclosed:
        raise ContentError(
            "The --- that ends the fields is missing.",
            safe="Nothing was changed.",
            todo="Add the line below the fields.",
        )
    if file.has_front_matter:
        return file
    mark = text[: len(text) - len(text.removeprefix("\ufeff"))]
    newline = newline_of(text)
    return Split(f"{mark}---{newline}", "", f"---{newline}", text[len(mark) :], 3)
