"""The site as files."""

import json
import re
from collections.abc import Iterator, Mapping

from tests.histories.site import SHARED, Override, Own, SharedPage, TakenOver, Text

_PLAIN = re.compile(r"[A-Za-z/](?:[A-Za-z0-9 /_.-]|:(?! ))*|\d{4}-\d\d-\d\d")


def files_of(page: SharedPage) -> dict[str, bytes]:
    """All files of a page, by path."""
    found = {_path(SHARED, page.id, "en"): _shared(page)}
    if page.welsh:
        found[_path(SHARED, page.id, "cy")] = _welsh(page)
    for layer, own in page.own.items():
        found.update(_of_layer(layer, own))
    return {path: text.encode() for path, text in found.items()}


def _path(layer: str, page: str, language: str) -> str:
    return f"{layer}/pages/{page}.{language}.md"


def _shared(page: SharedPage) -> str:
    head = {
        "title": page.title,
        "type": "advice",
        "url": {"en": f"/{page.id}/", "cy": f"/cy-GB/{page.id}/"},
        "summary": page.summary,
        "owner": "national-content",
        "review_by": "2027-04-01",
        "moved_from": page.moved_from,
        "section_aliases": page.aliases,
    }
    return _file(head, page.sections)


def _welsh(page: SharedPage) -> str:
    pins = {name: text.seen for name, text in page.welsh.items() if text.seen is not None}
    texts = {name: text.text for name, text in page.welsh.items()}
    texts = {"lead": texts.pop("lead", Text("", ())), **texts}
    return _file({**page.welsh_fields, "translates": pins}, texts)


def _of_layer(layer: str, own: Own) -> Iterator[tuple[str, str]]:
    override = own.override
    if own.taken_over is not None:
        yield _path(layer, own.id, "en"), _taken_over(own.id, own.taken_over)
    elif override.ops or override.sets:
        yield _path(layer, own.id, "en"), _english_override(own.id, override)
    if override.welsh or override.welsh_sets:
        yield _path(layer, own.id, "cy"), _welsh_override(own.id, override)


def _taken_over(page: str, own: TakenOver) -> str:
    head = {
        "kind": "page",
        "overrides": page,
        "title": own.title,
        "type": "advice",
        "summary": own.summary,
        "why": "Everything is different here",
        "owner": "web",
        "review_by": "2027-03-01",
        "base": own.seen,
    }
    return _file(head, own.sections)


def _english_override(page: str, override: Override) -> str:
    ops = [
        {
            "op": op.kind,
            "section": op.section,
            {"insert-before": "before"}.get(op.kind, "after"): op.anchor,
            "base": op.seen,
            "at": op.at,
            "why": op.why,
            "owner": "web",
            "review_by": "2027-03-01",
        }
        for op in override.ops
    ]
    sets = {name: _filled({"value": value, "base": seen}) for name, (value, seen) in override.sets.items()}
    texts = [(op.section, op.text) for op in override.ops if op.text is not None]
    return _override(page, ops, sets, texts)


def _welsh_override(page: str, override: Override) -> str:
    ops = [
        {"op": kind, "section": section, "translates": each.seen}
        for (kind, section), each in override.welsh.items()
    ]
    sets = {name: {"value": value} for name, value in override.welsh_sets.items()}
    return _override(page, ops, sets, [(name, each.text) for (_, name), each in override.welsh.items()])


def _override(
    page: str,
    ops: list[dict[str, str | None]],
    sets: Mapping[str, Mapping[str, object]],
    texts: list[tuple[str, Text]],
) -> str:
    lines = ["---", f"overrides: {page}"]
    if sets:
        lines.append(f"set: {_yaml(sets)}")
    if ops:
        lines += ["ops:", *(f"- {_yaml(_filled(op))}" for op in ops)]
    blocks = "".join(_section(name, text) for name, text in texts)
    return "\n".join([*lines, "---", blocks])


def _file(head: Mapping[str, object], sections: Mapping[str, Text]) -> str:
    lines = [f"{name}: {_yaml(value)}" for name, value in _filled(head).items()]
    lead = "\n\n".join(sections["lead"].blocks)
    rest = "".join(_section(name, text) for name, text in sections.items() if name != "lead")
    return "\n".join(["---", *lines, "---", lead, "", rest])


def _section(name: str, text: Text) -> str:
    blocks = "\n\n".join(text.blocks)
    return f"## {text.heading or 'Lead'} {{#{name}}}\n\n{blocks}\n\n"


def _filled(head: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in head.items() if value}


def _yaml(value: object) -> str:
    """A value on one line, without quotes where it needs none."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_yaml(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    is_plain = isinstance(value, str) and _PLAIN.fullmatch(value)
    return str(value) if is_plain else json.dumps(value, ensure_ascii=False)
