"""A page for one chain of layers, laid out.

All that forces reading the same text share, with holes for the rest.
"""

import re
from collections.abc import Mapping
from html import escape

from soh_author.domain.ids import LEAD, Language, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.page import PageType
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection, Part
from soh_author.render.breadcrumbs import trail
from soh_author.render.components.emergency import national_block
from soh_author.render.components.form import placeholder
from soh_author.render.formats import day
from soh_author.render.fragments import AskingFragments, Fragments, Rendering
from soh_author.render.holes import CLOSE, OPEN, HoleKind, Questions, hole, questions_in, value_hole
from soh_author.render.plain_facts import field_html
from soh_author.render.setting import Setting
from soh_author.render.templates import pattern, snippet
from soh_author.render.words import EMERGENCY_TYPES, FORM_TYPES, WORDS, Words

_LINE = re.compile(f"{OPEN}{HoleKind.LINE} (\\d+){CLOSE}")
_TRUE, _FALSE = "true", "false"


def lay_out(page: EffectivePage, fragments: Rendering, *, annotate: bool) -> str:
    """The HTML of the whole page; the holes in it are facts, addresses and what depends on the force."""
    return pattern("page.html", page.language).fill(_values(page, fragments, annotate=annotate))


def questions_of(page: EffectivePage, fragments: Fragments) -> Questions:
    """What a page asks of whoever fills it for the site: the holes of its layout, without the HTML of text
    that can have none.
    """
    return questions_in(lay_out(page, AskingFragments(fragments), annotate=False))


def _values(page: EffectivePage, fragments: Rendering, *, annotate: bool) -> Mapping[str, str]:
    words = WORDS[page.language]
    body = _body(page, fragments, annotate=annotate)
    # Who reports may be in danger now, so the block comes first; below advice it is a reminder.
    emergency = _emergency(page, body, words)
    has_exit = page.value("quick_exit") != _FALSE  # a page has one unless it says otherwise
    return {
        "title_text": field_html(page.value("title"), HoleKind.FACT_TEXT),
        "summary_text": field_html(page.value("summary"), HoleKind.FACT_TEXT),
        "title": field_html(page.value("title"), HoleKind.FACT_UNLINKED),
        "type": page.type.value,
        "exit": snippet("exit", page.language) if has_exit else "",
        "script": value_hole("exit_script") if has_exit else "",
        "beta": snippet("beta", page.language) + "\n" if page.value("beta") == _TRUE else "",
        "crumbs": _crumbs(page),
        "summary": _summary(page),
        "details": _details(page, words),
        "emergency": emergency if page.type is PageType.REPORT else "",
        "emergency_below": "" if page.type is PageType.REPORT else emergency,
        "contents": _contents(page, fragments),
        "body": body,
        "form": _form(page, body, words),
        "related": _related(page),
    }


def _body(page: EffectivePage, fragments: Rendering, *, annotate: bool) -> str:
    out = []
    was_fallback = False
    numbers = _numbers(page)
    for section in page.sections:
        html = _section(page, section, fragments, numbers.get(section.id, ""), annotate=annotate)
        if not html:
            continue
        is_fallback = section.is_fallback and page.language is not Language.EN
        if is_fallback and not was_fallback:
            out.append(snippet("fallback", page.language) + "\n")
        out.append(html)
        was_fallback = is_fallback
    return "".join(out)


def prepare(page: EffectivePage, fragments: Rendering) -> None:
    """Make the fragments that laying out a page will ask for, while its text has just been read."""
    for section in page.sections:
        setting = _setting(page, section, annotate=False)
        if section.heading:
            fragments.heading(section.heading, setting)
        for part in section.parts:
            fragments.body(part.body, setting.spoken(part.language))


def _setting(page: EffectivePage, section: EffectiveSection, *, annotate: bool) -> Setting:
    language = Language.EN if section.is_fallback else page.language
    return Setting(language, 2 if section.id == LEAD else 3, annotate)


def _section(
    page: EffectivePage, section: EffectiveSection, fragments: Rendering, number: str, *, annotate: bool
) -> str:
    setting = _setting(page, section, annotate=annotate)
    language = setting.language
    heading = fragments.heading(section.heading, setting) if section.heading else ""
    title = f"<h2>{number}{heading}</h2>\n" if heading else ""
    text = "".join(_part(section, part, fragments, setting) for part in section.parts)
    if not title and not text:
        return ""
    spoken = _spoken(language, page.language)
    marks = _marks(section.id, section.layer, section.place.path, section.place.line) if annotate else ""
    return f'<section class="section" id="{section.id}"{spoken}{marks}>\n{title}{text}</section>\n'


def _part(section: EffectiveSection, part: Part, fragments: Rendering, setting: Setting) -> str:
    spoken = _spoken(part.language, setting.language)
    setting = setting.spoken(part.language)
    html = fragments.body(part.body, setting)
    marks = ""
    if setting.annotate:
        html = _with_lines(html, _first_line(section, part))
        marks = _marks(section.id, part.layer, part.place.path, part.place.line)
    is_alone = len(section.parts) == 1 and not spoken
    return html if is_alone or not html else f'<div class="part"{spoken}{marks}>\n{html}</div>\n'


def _spoken(language: Language, around: Language) -> str:
    """Attribute for text in another language than the text around it."""
    return "" if language is around else f' lang="{language}"'


def _first_line(section: EffectiveSection, part: Part) -> int:
    """Line of the body's first line.

    The one below the heading, or the lead's own where a file begins with it.
    """
    return part.place.line if section.id == LEAD and part.op is None else part.place.line + 1


def _with_lines(html: str, first: int) -> str:
    return _LINE.sub(lambda found: str(first + int(found[1])), html)


def _marks(section: str, layer: Layer, path: str, line: int) -> str:
    return (
        f' data-section="{section}" data-layer="{layer}" data-layer-kind="{layer.kind}"'
        f' data-layer-name="{hole(HoleKind.LAYER, str(layer))}"'
        f' data-path="{escape(path)}" data-line="{line}"'
    )


def _numbers(page: EffectivePage) -> Mapping[SectionId, str]:
    """What stands before the headings of a guide: its parts are numbered, as in the list of its parts."""
    if page.type is not PageType.GUIDE:
        return {}
    return {
        section.id: f'<span class="part-number">{number}.</span> '
        for number, section in enumerate(_headed(page), 1)
    }


def _headed(page: EffectivePage) -> list[EffectiveSection]:
    return [section for section in page.sections if section.heading]


def _contents(page: EffectivePage, fragments: Rendering) -> str:
    headed = _headed(page)
    if page.type is not PageType.GUIDE or len(headed) < 2:
        return ""
    items = []
    for section in headed:
        language = Language.EN if section.is_fallback else page.language
        label = fragments.heading(section.heading, Setting(language))
        spoken = f'<span lang="{language}">{label}</span>' if language is not page.language else label
        items.append(snippet("contents_item", page.language, id=section.id, label=spoken) + "\n")
    return snippet("contents", page.language, items="".join(items)) + "\n"


def _crumbs(page: EffectivePage) -> str:
    steps = []
    for name, anchor in trail(page.page, page.value("url"), page.language):
        kind = "crumb" if anchor else "crumb_here"
        url = value_hole("home_url") + anchor
        steps.append(snippet(kind, page.language, label=escape(name), url=url) + "\n")
    return "".join(steps)


def _summary(page: EffectivePage) -> str:
    text = field_html(page.value("summary"), HoleKind.FACT)
    return snippet("summary", page.language, text=text) + "\n" if text else ""


def _details(page: EffectivePage, words: Words) -> str:
    shown = {
        PageType.NEWS: (("published", words.published),),
        PageType.CAMPAIGN: (("until", words.until),),
        PageType.APPEAL: (("reference", words.reference),),
        PageType.DISCLOSURE: (("reference", words.reference), ("published", words.published)),
    }.get(page.type, ())
    items = []
    for name, label in shown:
        if page.value(name):
            value = escape(day(page.value(name), page.language))
            items.append(snippet("details_item", page.language, label=label, value=value) + "\n")
    return snippet("details", page.language, items="".join(items)) + "\n" if items else ""


def _emergency(page: EffectivePage, body: str, words: Words) -> str:
    if page.type not in EMERGENCY_TYPES or '<div class="emergency"' in body:
        return ""
    return national_block(words, 2)


def _form(page: EffectivePage, body: str, words: Words) -> str:
    label = page.value("form")
    if page.type not in FORM_TYPES or not label or '<div class="form-place"' in body:
        return ""
    return placeholder(words, field_html(label, HoleKind.FACT_UNLINKED))


def _related(page: EffectivePage) -> str:
    if not page.related:
        return ""
    items = [
        f'<li><a href="{hole(HoleKind.LINK, other)}">{hole(HoleKind.PAGE_TITLE, other)}</a>'
        f"{hole(HoleKind.LINK_FAULT, other)}</li>\n"
        for other in page.related
    ]
    return snippet("related", page.language, items="".join(items)) + "\n"
