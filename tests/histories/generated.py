"""The site of the benchmarks, read into the authors' memory, with two groups added."""

import re
from collections.abc import Iterator

from tests.benchmarks.workload import FORCES, WELSH_FORCES, Size, force_name, workload
from tests.histories.site import Op, Override, Own, Publisher, SharedPage, Site, TakenOver, Text, WelshText

GROUPS = {"coast": range(8), "pilot": range(5, 13)}
"""Members by number: three forces are in both, the four that publish in Welsh in the first."""
_HEADING = re.compile(r"## (.*?) \{#([a-z0-9-]+)\}")
_FIELD = re.compile(r"(?m)^(title|summary): (.*)$")
_OP = re.compile(r"(?m)^- \{op: ([a-z]+), section: ([a-z0-9-]+),(?: base: (sha256:\w+),)?")


def generated_site(pages: int, seed: int) -> tuple[Site, dict[str, bytes]]:
    """A site of so many shared pages, and the files beside them: forces, groups and facts."""
    files = workload(Size(pages, overridden=0.08, taken_over=0.01), seed)
    found: dict[str, SharedPage] = {}
    rest: dict[str, bytes] = {}
    for path, data in sorted(files.items(), key=lambda file: not file[0].startswith("shared/")):
        layer, is_page, name = path.partition("/pages/")
        if not is_page:
            rest[path] = data
        elif layer == "shared" and name.endswith(".en.md"):
            page = name.removesuffix(".en.md")
            found[page] = _shared(page, data.decode(), files.get(path.replace(".en.md", ".cy.md")))
        elif layer != "shared":
            page = name.removesuffix(".en.md")
            found[page].own[layer] = _own(page, data.decode())
    groups = {name: [force_name(number) for number in members] for name, members in GROUPS.items()}
    forces = [Publisher(force_name(n), n < WELSH_FORCES, n < WELSH_FORCES) for n in range(FORCES)]
    return Site(forces, groups, list(found.values())), rest


def group_file(name: str, members: list[str]) -> bytes:
    """What says who belongs to a group."""
    listed = "".join(f"- {{force: {member}}}\n" for member in members)
    return f"id: {name}\nname: {name.title()}\nmembers:{' []' if not members else ''}\n{listed}".encode()


def _shared(page: str, text: str, welsh: bytes | None) -> SharedPage:
    head, sections = _split(text)
    found = dict(_FIELD.findall(head))
    other, texts = _split(welsh.decode()) if welsh else ("", {})
    words = {name: WelshText(each, None) for name, each in texts.items()}
    return SharedPage(page, found["title"], found["summary"], sections, words, dict(_FIELD.findall(other)))


def _own(page: str, text: str) -> Own:
    head, sections = _split(text)
    fields = dict(_FIELD.findall(head))
    if "kind: page" in head:
        base = re.search(r"(?m)^base: (.*)$", head)
        taken = TakenOver(fields["title"], fields["summary"], sections, base[1] if base else None)
        return Own(page, taken_over=taken)
    ops = [Op(kind, name, text=sections[name], seen=base or None) for kind, name, base in _OP.findall(head)]
    return Own(page, Override(ops))


def _split(text: str) -> tuple[str, dict[str, Text]]:
    """Front matter, and the sections by id."""
    _, head, body = text.split("---\n", 2)
    return head, dict(_sections(body))


def _sections(body: str) -> Iterator[tuple[str, Text]]:
    lead, *others = re.split(r"(?m)^(?=## )", body)
    yield "lead", Text("", _blocks(lead))
    for other in others:
        heading, _, rest = other.partition("\n")
        match = _HEADING.fullmatch(heading)
        assert match is not None, heading
        yield match[2], Text(match[1], _blocks(rest))


def _blocks(body: str) -> tuple[str, ...]:
    return tuple(block for block in body.strip().split("\n\n") if block)
