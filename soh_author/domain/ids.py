"""Names that are checked when made, so that nobody checks them again.

They are strings (hash, sort, print and serialise like strings) of their own type. Making one from a bad name
raises :class:`InvalidNameError`; below that nobody needs to look.
"""

import re
from enum import StrEnum
from typing import ClassVar, Self

from soh_author.domain.errors import InvalidNameError

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# Names Windows keeps for devices; a repository holding one cannot be worked with there.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)


class _Name(str):
    __slots__ = ()
    kind: ClassVar[str] = "name"
    pattern: ClassVar[re.Pattern[str]] = re.compile(_WORD)
    rule: ClassVar[str] = "Use lower-case letters, digits and single hyphens."
    longest: ClassVar[int] = 100
    reserved: ClassVar[frozenset[str]] = RESERVED

    def __new__(cls, value: str) -> Self:
        if type(value) is cls:
            return value
        parts = value.split("/")
        if len(value) > cls.longest or not cls.pattern.fullmatch(value) or cls.reserved.intersection(parts):
            shown = value if len(value) <= cls.longest else value[: cls.longest] + "…"
            raise InvalidNameError(f"“{shown}” can't be used as a {cls.kind}.", todo=cls.rule)
        return super().__new__(cls, value)

    @classmethod
    def is_valid(cls, value: str) -> bool:
        """Tell whether ``value`` would be accepted."""
        try:
            cls(value)
        except InvalidNameError:
            return False
        return True


class PageId(_Name):
    """Path of a page below ``pages/``, without language and suffix: ``advice/seized-vehicles``."""

    __slots__ = ()
    kind = "page id"
    pattern = re.compile(rf"{_WORD}(?:/{_WORD})*")
    rule = "Use lower-case letters, digits, single hyphens, and / between folders."
    longest = 200

    @property
    def area(self) -> str:
        """First folder of the id, or an empty text for a page at the top."""
        return self.partition("/")[0] if "/" in self else ""


class SectionId(_Name):
    """Id of a section within a page: ``reclaim``."""

    __slots__ = ()
    kind = "section id"
    pattern = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
    rule = "Start with a letter; use lower-case letters, digits and single hyphens."


class ForceId(_Name):
    """Id of a publisher, as in the police data service: ``gloucestershire``, ``btp``, ``police-uk``."""

    __slots__ = ()
    kind = "force"


class GroupId(_Name):
    """Id of a group of forces: ``wales``."""

    __slots__ = ()
    kind = "group"


class FactName(_Name):
    """Name of a fact: ``firearm_grant_fee``."""

    __slots__ = ()
    kind = "fact name"
    pattern = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
    rule = "Start with a letter; use lower-case letters, digits and single underscores."


class DraftName(_Name):
    """Name of a draft: ``april-fees``."""

    __slots__ = ()
    kind = "draft name"
    rule = "Use lower-case letters, digits and single hyphens; “published” is what is live."
    reserved = RESERVED | {"published"}


class PersonId(_Name):
    """Id of a person in the policy: ``nia-morgan``."""

    __slots__ = ()
    kind = "person's id"


class Language(StrEnum):
    """A language pages are written in; the value is the suffix of file names."""

    EN = "en"
    CY = "cy"

    __hash__ = str.__hash__  # many times as fast as that of other names in a list, and part of many keys

    @property
    def label(self) -> str:
        """Name of the language in English."""
        return {"en": "English", "cy": "Welsh"}[self.value]


LEAD = SectionId("lead")
"""The section before the first ``##``."""
