"""A content repository of any size, the same for the same seed: what the benchmarks work on.

Pages of about 600 words in the middle and up to 5,000 at the tail, with headings, lists, tables, links,
components and facts; 44 forces; about 8 % of (page, force) overridden at a section, 1 % whole pages; 30 % of
pages use facts; four forces publish in two languages.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.reading.paths import page_path

FORCES = 44
WELSH_FORCES = 4
FACTS = 60
AREAS = ("advice", "report", "request", "apply", "contact", "about")
_WORDS = [
    "police",
    "officer",
    "report",
    "crime",
    "station",
    "call",
    "online",
    "form",
    "contact",
    "victim",
    "witness",
    "court",
    "evidence",
    "statement",
    "vehicle",
    "driver",
    "licence",
    "insurance",
    "road",
    "safety",
    "home",
    "street",
    "local",
    "team",
    "support",
    "service",
    "help",
    "emergency",
    "number",
    "phone",
    "email",
    "address",
    "letter",
    "notice",
    "fee",
    "payment",
    "date",
    "time",
    "day",
    "week",
    "month",
    "your",
    "their",
    "our",
    "the",
    "a",
    "an",
    "of",
    "to",
    "for",
    "with",
    "from",
    "about",
    "before",
    "after",
    "when",
    "where",
    "how",
    "what",
    "who",
    "will",
    "may",
    "must",
    "should",
    "can",
    "need",
    "ask",
    "tell",
    "send",
    "bring",
    "keep",
    "take",
    "give",
    "make",
    "check",
    "find",
    "know",
]


@dataclass(frozen=True)
class Size:
    """How large a workload is: its shared pages, and the share of (page, force) that is overridden."""

    pages: int
    overridden: float = 0.08
    taken_over: float = 0.01


def workload(size: Size, seed: int = 20261122) -> dict[str, bytes]:
    """Files by path of a repository with ``size.pages`` shared pages."""
    chance = random.Random(seed)
    files = dict(_registry())
    pages = [
        PageId(f"{AREAS[number % len(AREAS)]}/topic-{number // 40:03}/page-{number:05}")
        for number in range(size.pages)
    ]
    for number, page in enumerate(pages):
        sections = max(3, min(40, round(chance.lognormvariate(1.9, 0.55))))
        text = _page(page, number, sections, pages, chance)
        files[page_path(SHARED, page, Language.EN)] = text.encode()
        if chance.random() < 0.9:
            files[page_path(SHARED, page, Language.CY)] = _welsh(number, sections, chance).encode()
        files.update(_overrides(page, number, sections, size, chance))
    return files


def long_page(page: PageId, words: int, seed: int = 20261122) -> str:
    """A shared page of about so many words, in sections as the others have them."""
    chance = random.Random(seed)
    whole = _page(page, 0, max(3, words // 100), [page], chance)
    kept = " ".join(whole.split(" ")[: words + 40])
    return kept + "\n" if len(kept) < len(whole) else whole


def force_name(number: int) -> str:
    """Id of a force of the workload."""
    return f"force-{number:02}"


def _registry() -> Iterator[tuple[str, bytes]]:
    yield (
        "soh.yml",
        (
            b"schema: 1\nservice: Workload\nrepository: 5d0a5b1e-7f6f-4c2a-9a39-7b8a1f0c2d11\n"
            b"languages: [en, cy]\n"
        ),
    )
    facts = "".join(
        f"fee_{number}:\n  type: money\n  label: Fee {number}\n  source: https://example.org/{number}\n"
        f'  values: [{{from: 2026-01-01, value: "{number}.50"}}, {{value: "{number}.00"}}]\n'
        for number in range(FACTS)
    )
    yield "shared/facts.yml", facts.encode()
    for number in range(FORCES):
        name = force_name(number)
        languages, parity = ("[en, cy]", "true") if number < WELSH_FORCES else ("[en]", "false")
        yield (
            f"forces/{name}/force.yml",
            (
                f"id: {name}\nname: Force {number} Police\nshort_name: Force {number}\nkind: territorial\n"
                f"host: www.{name}.example\nlanguages: {languages}\nwelsh_parity: {parity}\nstatus: live\n"
            ).encode(),
        )
        yield (
            f"forces/{name}/facts.yml",
            (
                'non_emergency:\n  type: phone\n  label: Number\n  source: none\n  values: [{value: "101"}]\n'
                "desk_phone:\n  type: phone\n  label: Desk\n  source: none\n"
                f'  values: [{{value: "01632 960{number:03}"}}]\n'
            ).encode(),
        )


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize() + "."


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance, chance.randint(8, 18)) for _ in range(chance.randint(2, 4)))


def _section_body(number: int, section: int, pages: list[PageId], chance: random.Random) -> str:
    blocks = [_paragraph(chance)]
    kind = (number + section) % 6
    if kind == 0:
        blocks.append("\n".join(f"- {_sentence(chance, 6)}" for _ in range(4)))
    elif kind == 1:
        rows = "\n".join(f"| {_sentence(chance, 2)} | {_sentence(chance, 3)} |" for _ in range(4))
        blocks.append(f"| What | How |\n|---|---|\n{rows}")
    elif kind == 2:
        blocks.append(f"::: warning\n{_sentence(chance, 12)}\n:::")
    elif kind == 3:
        blocks.append(f"Read [{_sentence(chance, 3)}](page:{chance.choice(pages)}) before you call.")
    elif kind == 4:
        blocks.append("1. " + "\n2. ".join(_sentence(chance, 7) for _ in range(3)))
    if number % 10 < 3 and section == 1:
        fact = f"fact.fee_{number % FACTS}" if number % 2 else "force.desk_phone"
        blocks.append(f"It costs or call {{{{ {fact} }}}} **today**.")
    blocks.append(f"### {_sentence(chance, 3)[:-1]}\n\n{_paragraph(chance)}")
    return "\n\n".join(blocks)


def _page(page: PageId, number: int, sections: int, pages: list[PageId], chance: random.Random) -> str:
    head = (
        f"---\ntitle: Page {number} about {_sentence(chance, 3)[:-1]}\ntype: advice\n"
        f"url:\n  en: /{page}/\n  cy: /cy-GB/{page}/\n"
        f"summary: {_sentence(chance, 10)}\nowner: national-content\nreview_by: 2027-04-01\n---\n"
    )
    body = "".join(
        f"\n## {_sentence(chance, 4)[:-1]} {{#part-{section}}}\n\n"
        f"{_section_body(number, section, pages, chance)}\n"
        for section in range(sections)
    )
    return f"{head}{_paragraph(chance)}\n{body}"


def _welsh(number: int, sections: int, chance: random.Random) -> str:
    body = "".join(
        f"\n## Rhan {section} {{#part-{section}}}\n\n{_paragraph(chance)}\n" for section in range(sections)
    )
    return f"---\ntitle: Tudalen {number}\nsummary: Crynodeb {number}\n---\n{_paragraph(chance)}\n{body}"


def _overrides(
    page: PageId, number: int, sections: int, size: Size, chance: random.Random
) -> Iterator[tuple[str, bytes]]:
    for force in range(FORCES):
        drawn = chance.random()
        path = page_path(Layer.of_force(force_name(force)), page, Language.EN)
        if drawn < size.taken_over:
            text = _page(page, number, 3, [page], chance).replace(
                "type: advice\n",
                f"type: advice\nkind: page\noverrides: {page}\nbase: sha256:{'0' * 64}\nwhy: Local\n",
            )
            yield path, text.encode()
        elif drawn < size.taken_over + size.overridden:
            section = chance.randrange(sections)
            op = ("replace", "append")[chance.random() < 0.3]
            base = f"base: sha256:{'0' * 64}, " if op == "replace" else ""
            head = (
                f"---\noverrides: {page}\nops:\n- {{op: {op}, section: part-{section}, {base}"
                f"why: Local practice, owner: web, review_by: 2027-03-01}}\n---\n"
            )
            yield path, f"{head}## Local heading {{#part-{section}}}\n\n{_paragraph(chance)}\n".encode()
