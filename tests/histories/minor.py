"""A change that its author calls minor: whoever had the words before it counts as having those after it."""

from collections.abc import Iterator

from soh_author.domain.ids import PageId, SectionId
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.overrides.minor_changes import mark_minor
from tests.histories.history import History
from tests.histories.second_opinion import read_page
from tests.histories.site import SharedPage, Text
from tests.histories.spelling import pin
from tests.histories.written import files_of
from tests.support.content import TODAY


def change_a_little(history: History, number: int) -> None:
    """Change a national section a little in a draft, call it minor there, look, and publish it."""
    authors = history.authors
    page = authors.chance.choice(authors.site.pages)
    name = authors.chance.choice(list(page.sections))
    before = _words(history, page, name)
    old = page.sections[name]
    page.sections[name] = Text(old.heading, (*old.blocks, "Thank you for your patience."))
    draft, path = f"minor-{number}", f"shared/pages/{page.id}.en.md"
    new_draft(history.workspace, draft).run()
    save_private(history.workspace, draft, path, files_of(page)[path].decode()).run()
    mark_minor(history.workspace, draft, PageId(page.id), SectionId(name), TODAY).run()
    after = _words(history, page, name)
    _remember(
        page, name, {pin(words): pin(after[chain]) for chain, words in before.items() if chain in after}
    )
    history.look(history.workspace.snapshot(draft), [page], f"a minor change of {name}")
    history.save(history.changes([page]))
    history.look(history.workspace.snapshot(), [page], "a minor change, published")


def _words(history: History, page: SharedPage, name: str) -> dict[tuple[str, ...], str]:
    """What the section says below every part of every chain, where its own words are the national ones."""
    found: dict[tuple[str, ...], str] = {}
    for _, chain in history.authors.site.readers():
        for end in range(len(chain) + 1):
            standing = read_page(page, chain[:end]).shown(name)
            if standing and any(run.kind == "main" and run.layer == "shared" for run in standing.runs):
                found[tuple(chain[:end])] = standing.words
    return found


def _remember(page: SharedPage, name: str, pins: dict[str, str]) -> None:
    """Authors and translators who saw the old words count as having seen the new ones."""
    names = {name, *_former(page, name)}
    for own in page.own.values():
        for op in own.override.ops:
            if op.section in names and op.seen in pins:
                op.seen = pins[op.seen]
        for (_, section), welsh in own.override.welsh.items():
            if section in names and welsh.seen in pins:
                welsh.seen = pins[welsh.seen]
    for section, welsh in page.welsh.items():
        if section in names and welsh.seen in pins:
            welsh.seen = pins[welsh.seen]


def _former(page: SharedPage, name: str) -> Iterator[str]:
    for old in page.aliases:
        today = old
        while today in page.aliases:
            today = page.aliases[today]
        if today == name:
            yield old
