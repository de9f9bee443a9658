"""Whether a change may be called minor: refused where amounts, dates, addresses or duties changed.

A minor change makes no override outdated and asks nobody to look again, so the rule is strict: what it
compares must be the same, in the same order, before and after. It speaks about words alone, not about their
meaning.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.ids import Language


class Weight(StrEnum):
    """What makes a change more than minor."""

    NUMBERS = "numbers, amounts, times or phone numbers"
    DATES = "names of days or months"
    DUTIES = "words that say what must, may or should be done"
    DENIALS = "words that deny or except"
    TARGETS = "addresses of links, pictures or e-mail"
    FACTS = "facts"
    COMPONENTS = "components"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason why a change isn't minor: what differs, as it was and as it is."""

    weight: Weight
    before: tuple[str, ...]
    after: tuple[str, ...]


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_NUMBERS = r"[£€$]?\d(?:[\d\s.,:/()+-]*\d)?\s?%?"
_NUMBER_WORDS = {
    Language.EN: (
        r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty",
        r"sixty|seventy|eighty|ninety|hundred|thousand|million|half|quarter|once|twice|first|second|third|fourth",
    ),
    Language.CY: (
        r"un|dau|ddau|dwy|ddwy|tri|dri|tair|dair|pedwar|bedwar|pedair|bedair|pum|pump|bump|chwe|chwech|saith",
        r"wyth|naw|deg|ddeg|deuddeg|pymtheg|ugain|hanner|chwarter|cant|gant|mil|fil|cyntaf|gyntaf|ail|trydydd",
    ),
}
_DATES = {
    Language.EN: (
        r"January|February|March|April|May|June|July|August|September|October|November|December",
        r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|weekdays?|weekends?|bank holidays?",
    ),
    Language.CY: (
        r"Ionawr|Chwefror|Mawrth|Fawrth|Ebrill|Mai|Fai|Mehefin|Gorffennaf|Awst|Medi|Fedi|Hydref|Tachwedd|Rhagfyr",
        r"(?:dydd|ddydd|nos)\s+(?:Llun|Lun|Mawrth|Fawrth|Mercher|Fercher|Iau|Gwener|Wener|Sadwrn|Sul)",
    ),
}
_DUTIES = {
    Language.EN: (
        r"must|may|might|should|shall|will|would|can|cannot|could|ought|need(?:s|ed)?|require[ds]?|ha(?:ve|s|d)\s+to",
        r"can['’]t|mustn['’]t|shouldn['’]t|won['’]t|allow(?:s|ed)?|forbid(?:s|den)?|illegal|unlawful|offence",
    ),
    # With the soft and nasal mutations: gall/all, gellir/ellir, dylai/ddylai, cewch/gewch, rhaid/raid.
    Language.CY: (
        r"rh?aid|g?all(?:wch|ai|ech|ant|wn|ent|af|a|u|em|et|o)?|g?ell(?:ir|id|ych)|dd?yl(?:ai|ech|id|em|ent|wn|et)",
        r"[cg]ewch|[cg]aiff|[cg]eir|chewch|chaiff|(?:ng|h)?angen|gofyn(?:nol|iad)?|trosedd|drosedd|anghyfreithlon",
    ),
}
_DENIALS = {
    Language.EN: (r"not|no|never|none|nobody|nothing|neither|nor|without|unless|except|only|\w+n['’]t",),
    Language.CY: (
        r"dim|ddim|na|nac|nad|ni|nid|nis|oni|onid|heb|byth|neb|dim\s+ond|yn\s+unig|heblaw|eithrio",
        r"[pb]h?eidi\w*|[pb]h?eidio",
    ),
}
_TARGETS = re.compile(
    r"\]\([^()\n]*\)|href=\"[^\"\n]*\"|(?:https?://|tel:|mailto:|page:|media:)[^\s)>\"]+|[^\s@]{1,80}@[^\s@]{1,80}"
)
_FACTS = re.compile(r"\{\{[^{}\n]*\}\}")
_COMPONENTS = re.compile(r"^[ \t]*:{3,}[^\n]*", re.MULTILINE)


def _patterns(language: Language) -> Mapping[Weight, re.Pattern[str]]:
    numbers = rf"{_NUMBERS}|\b(?:{'|'.join(_NUMBER_WORDS[language])})\b"
    return {
        Weight.NUMBERS: re.compile(numbers, re.IGNORECASE),
        Weight.DATES: _words(*_DATES[language]),
        Weight.DUTIES: _words(*_DUTIES[language]),
        Weight.DENIALS: _words(*_DENIALS[language]),
        Weight.TARGETS: _TARGETS,
        Weight.FACTS: _FACTS,
        Weight.COMPONENTS: _COMPONENTS,
    }


_PATTERNS = {language: _patterns(language) for language in Language}


def why_not_minor(before: str, after: str, language: Language = Language.EN) -> tuple[Refusal, ...]:
    """The reasons why a change of a Markdown text isn't minor; none when it may be called so.

    Args:
        before: the text as it was.
        after: the text as it is; both with their headings.
        language: of both texts.
    """
    found = (
        (weight, _said(pattern, before), _said(pattern, after))
        for weight, pattern in _PATTERNS[language].items()
    )
    return tuple(Refusal(weight, old, new) for weight, old, new in found if old != new)


def _said(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """What a pattern finds, in order, without regard to case and line breaks."""
    return tuple(" ".join(match.group().split()).lower() for match in pattern.finditer(text))
