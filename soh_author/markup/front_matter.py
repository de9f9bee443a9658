"""The fields between the two ``---`` lines at the beginning of a page."""

import re
from dataclasses import dataclass

from soh_author.markup.yaml_reading import YamlText, read_yaml

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
