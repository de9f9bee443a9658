"""Whether a change may be called minor: refused where amounts, dates, addresses or duties changed.

A minor change makes no override outdated and asks nobody to look again, so the rule is strict: what it
compares must be the same, in the same order, before and after. It speaks about words alone, not about their
meaning.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.ids import Language


class Weight(StrEnum):
    """What makes a change more than minor."""

    NUMBERS = "numbers, amounts, times or phone numbers"
    DATES = "names of days or months"
    MEASURES = "units, times of day or currencies"
    COMPARISONS = "words that compare or limit"
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
        r"sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|half|quarter|once|twice|first",
        r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|zero|nil|dozens?|pair|couple|double|triple",
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
_MEASURES = {
    Language.EN: (
        r"(?:second|minute|hour|day|week|fortnight|month|year)s?|pence|p|pounds?|euros?|dollars?|per\s*cent",
        r"miles?|metres?|km|mph|a\.?m|p\.?m|noon|midday|midnight|daily|weekly|monthly|yearly|annual(?:ly)?",
    ),
    Language.CY: (
        r"eiliad(?:au)?|munud(?:au)?|funud|awr|oriau|diwrnod(?:au)?|ddiwrnod|niwrnod|dyddiau|ddyddiau",
        r"wythnos(?:au)?|mis(?:oedd)?|fis(?:oedd)?|blwyddyn|flwyddyn|blynedd(?:oedd)?|flynedd|mlynedd",
        r"ceiniog(?:au)?|geiniog|punt|bunt|bunnoedd|punnoedd|y\s*cant|milltir(?:oedd)?|filltir|yb|yp|y\.[bhp]",
    ),
}
_COMPARISONS = {
    Language.EN: (
        r"before|after|until|till|since|from|within|between|over|under|above|below|beyond|least|most|minimum",
        r"maximum|more|less|fewer|exactly|immediately|always|all|any|every|each|both|either|or",
    ),
    Language.CY: (
        r"cyn|gyn|ar\s+ôl|tan|dan|o\s+fewn|rhwng|dros|uwch|is|mwy|fwy|llai|lai|lleiaf|leiaf|mwyaf|fwyaf",
        r"union|unwaith|bob|pob|holl|unrhyw|neu",
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
        Weight.MEASURES: _words(*_MEASURES[language]),
        Weight.COMPARISONS: _words(*_COMPARISONS[language]),
        Weight.DUTIES: _words(*_DUTIES[language]),
        Weight.DENIALS: _words(*_DENIALS[language]),
        Weight.TARGETS: _TARGETS,
        Weight.FACTS: _FACTS,
        Weight.COMPONENTS: _COMPONENTS,
    }


_PATTERNS = {language: _patterns(language) for language in Language}


_SOURCE = frozenset({Weight.TARGETS, Weight.FACTS, Weight.COMPONENTS})
"""What stands in the Markdown itself, and not in the words that are read."""
_MARKS = re.compile(r"[*`~]|(?<!\w)_|_(?!\w)|\\(?=[^\w\s])")


def _as_read(text: str) -> str:
    """A text as somebody reads it: without marks of emphasis, invisible signs and other forms of letters, any
    of which could stand in the middle of a word that counts.
    """
    plain = unicodedata.normalize("NFKC", html.unescape(text))
    shown = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return _MARKS.sub("", shown)


def why_not_minor(before: str, after: str, language: Language = Language.EN) -> tuple[Refusal, ...]:
    """The reasons why a change of a Markdown text isn't minor; none when it may be called so.

    Args:
        before: the text as it was.
        after: the text as it is; both with their headings.
        language: of both texts.
    """
    read = _as_read(before), _as_read(after)
    found: list[Refusal] = []
    for weight, pattern in _PATTERNS[language].items():
        old, new = (_said(pattern, text) for text in ((before, after) if weight in _SOURCE else read))
        if old != new:
            found.append(Refusal(weight, old, new))
    return tuple(found)


def _said(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """What a pattern finds, in order, without regard to case and line breaks."""
    return tuple(" ".join(match.group().split()).lower() for match in pattern.finditer(text))
