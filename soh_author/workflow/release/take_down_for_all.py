"""Taking a page down for everybody who reads it: with a banner, altogether, or leading readers elsewhere."""

import re
from collections.abc import Iterator
from datetime import date

from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.ids import LEAD, Language, PageId
from soh_author.domain.override import OpKind, Override
from soh_author.domain.page import Page
from soh_author.markup.front_matter import set_field, split
from soh_author.markup.write import replace_section
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.drafting import pages_at
from soh_author.workflow.outputs import outputs_of
from soh_author.workflow.pinning import kept_in_step, new_pins, write_pins
from soh_author.workflow.release.take_down_wish import How, TakeDown
from soh_author.workflow.snapshot import Snapshot

Texts = dict[str, str | None]
"""New texts of files by path; None: the file goes."""


def inbound_links(snapshot: Snapshot, page: PageId) -> tuple[str, ...]:
    """The files that link to a page, or name it as related; its own are left out."""
    pattern = _naming(page)
    files = [
        file.path
        for other, others in snapshot.sources.catalogue.pages.items()
        if other != page
        for file in others
    ]
    return tuple(sorted(path for path, text in snapshot.sources.texts(files).items() if pattern.search(text)))


def texts_for_all(live: Snapshot, what: TakeDown, inbound: tuple[str, ...], on: date) -> Texts:
    """The files that change when a page is taken down for every force.

    Raises:
        UsageError: when something isn't said that must be, or links would lead nowhere.
        NotFoundError: when no file of it can bear a banner.
    """
    if what.how is How.BANNER:
        return _with_banner(live, what, on)
    if what.language is not None:
        return _without_welsh(live, what, on)
    if what.how is How.GONE and inbound:
        others = f" and {len(inbound) - 1} more" if inbound[1:] else ""
        raise UsageError(
            f"“{inbound[0]}”{others} would link to a page that is gone.",
            safe="Nothing was changed.",
            todo="Lead its readers to another page, or put a banner on it.",
        )
    gone: Texts = {file.path: None for file in live.files_of(what.page)}
    return {**gone, **_led_elsewhere(live, what, inbound, on)} if what.how is How.REDIRECT else gone


def check_target(live: Snapshot, what: TakeDown) -> PageId:
    """The page that readers are led to.

    Raises:
        UsageError: when it isn't said, or not another page that is there.
    """
    if what.target is None or what.target == what.page or not live.sources.files_of(what.target):
        raise UsageError(
            "It isn't said which other page its readers are led to.",
            safe="Nothing was changed.",
            todo="Name a page that is there.",
        )
    return what.target


def banner(text: str, where: str = "The page") -> str:
    """The Markdown of a banner.

    Raises:
        UsageError: when it says nothing where it has to say it in Welsh.
    """
    if not text.strip():
        raise UsageError(
            f"{where} is Welsh, and it isn't said in Welsh why.",
            safe="Nothing was changed.",
            todo="Say it in Welsh, too, or choose one language.",
        )
    return f"::: warning\n{text.strip()}\n:::\n"


def _led_elsewhere(live: Snapshot, what: TakeDown, inbound: tuple[str, ...], on: date) -> Texts:
    """Links and lists that name the other page; Welsh that was in step with its English stays so."""
    target = check_target(live, what)
    texts: Texts = {
        path: _naming(what.page).sub(rf"\g<before>{target}", live.text(path) or "") for path in inbound
    }
    after = live.with_unsaved(texts)
    pins = kept_in_step(live, after, pages_at(list(inbound)), on)
    return {**texts, **write_pins(after, pins).texts}


def _naming(page: PageId) -> re.Pattern[str]:
    """A page's id in a link, with the section it leads to, or in a list of related pages."""
    return re.compile(
        rf"(?P<before>page:|(?m:^related:.*?)(?<=[\[ ,])){re.escape(page)}(?:#[a-z0-9-]+)?(?![\w/-])"
    )


def _without_welsh(live: Snapshot, what: TakeDown, on: date) -> Texts:
    """Only the Welsh page goes; English is read where it stood.

    Raises:
        UsageError: when it is the English page that shall go alone, or a force publishes both or none.
    """
    if what.language is not Language.CY or what.how is not How.GONE:
        raise UsageError(
            "The Welsh page is made of the English one, and links lead to both: neither goes alone.",
            safe="Nothing was changed.",
            todo="Take both down, put a warning on the one, or remove only the Welsh.",
        )
    publics = outputs_of(live, what.page, on)
    bound = [
        force for force, language in publics if language is Language.CY and live.force(force).welsh_parity
    ]
    if bound:
        names = ", ".join(live.force(force).name(form="short_name") for force in bound)
        raise UsageError(
            f"{names}: both languages are published together there, or neither.",
            safe="Nothing was changed.",
            todo="Put a warning on the Welsh page, or take both down.",
        )
    return {file.path: None for file in _files(live, what)}


def _files(live: Snapshot, what: TakeDown) -> Iterator[PageFile]:
    found = [file for file in live.files_of(what.page) if what.language in {None, file.language}]
    if not found:
        raise NotFoundError(f"“{what.page}” has no page in that language.", safe="Nothing was changed.")
    yield from found


def _with_banner(live: Snapshot, what: TakeDown, on: date) -> Texts:
    texts: Texts = {}
    for file in _files(live, what):
        fresh = file_with_banner(live, file, what)
        if fresh is not None:
            texts[file.path] = fresh
    if not texts:
        raise NotFoundError(f"Nothing of “{what.page}” can bear a banner.", safe="Nothing was changed.")
    if what.language is Language.EN:
        texts |= _still_right_in_welsh(live, what, texts)
    after = live.with_unsaved(texts)
    pinned = write_pins(after, new_pins(after, on, pages=[what.page])).texts
    return {**texts, **{path: text for path, text in pinned.items() if path in texts}}


def _still_right_in_welsh(live: Snapshot, what: TakeDown, changed: Texts) -> Texts:
    """The Welsh of leads with an English banner only: by a person's wish it renders them as they are now."""
    texts: Texts = {}
    for file in live.files_of(what.page):
        text, value = live.text(file.path) or "", live.sources.read(file.path).value
        if file.language is Language.CY and page_in_english(file.path) in changed:
            if isinstance(value, Page) and value.translates.get(LEAD):
                texts[file.path] = set_field(text, ("translates", LEAD), None)
            elif isinstance(value, Override) and (number := _lead_op(value)) is not None:
                texts[file.path] = set_field(text, ("ops", number, "translates"), None)
    return texts


def page_in_english(path: str) -> str:
    """The path of the English file beside a Welsh one."""
    return path.removesuffix(f".{Language.CY.value}.md") + f".{Language.EN.value}.md"


def _lead_op(value: Override) -> int | None:
    """The number of the op that rewords the head of the page, if one does."""
    found = (op for op in value.ops if op.section == LEAD and op.kind is OpKind.REPLACE and op.text)
    return next((op.number for op in found), None)


def headed_by(words: str, text: str) -> str:
    """The file of a page with some words above all that it says."""
    whole = split(text)
    return whole.with_body(f"{words}\n{whole.body.lstrip(chr(10))}")


def file_with_banner(live: Snapshot, file: PageFile, what: TakeDown) -> str | None:
    """A file with the banner at the head of the page; None when its words don't stand there."""
    text, value = live.text(file.path) or "", live.sources.read(file.path).value
    said = what.text if file.language is Language.EN else what.welsh
    if isinstance(value, Override):
        number = _lead_op(value)
        op = value.ops[number] if number is not None else None
        if op is None or op.text is None:
            return None
        fresh = replace_section(text, LEAD, f"{banner(said, file.path)}\n{op.text.body}")
        return set_field(fresh, ("ops", op.number, "translates"), None) if op.translates else fresh
    if not isinstance(value, Page):
        return None
    fresh = headed_by(banner(said, file.path), text)
    return set_field(fresh, ("translates", LEAD), None) if value.translates.get(LEAD) else fresh
