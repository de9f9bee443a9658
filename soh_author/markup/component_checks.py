"""Whether a component has what it needs (:mod:`soh_author.markup.components`)."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from soh_author.markup.addresses import fault_of_link
from soh_author.markup.components import COMPONENTS, Component, Need
from soh_author.markup.inline_rules import FACT

type_of_fault = tuple[str, str]


def check_component(tokens: Sequence[Token], number: int) -> Iterator[type_of_fault]:
    """Find what is wrong with the component opened by ``tokens[number]``: code and sentence of each fault."""
    token = tokens[number]
    name = token.meta["name"]
    component = COMPONENTS.get(name)
    if component is None:
        yield "unknown-component", f"There is no component “{name}”. There are {', '.join(COMPONENTS)}."
        return
    yield from (("bad-component", text) for text in _title_faults(component, token))
    yield from (("bad-component", text) for text in _attribute_faults(component, token))
    yield from (("bad-component", text) for text in _body_faults(component, tokens, number))


def _title_faults(component: Component, token: Token) -> Iterator[str]:
    title = token.meta["title"]
    if component.title is Need.REQUIRED and not title:
        yield f"“::: {component.name}” needs a title behind its name."
    elif component.title is Need.NONE and title:
        yield f"“::: {component.name}” takes no title, but “{title}” stands behind its name."


def _attribute_faults(component: Component, token: Token) -> Iterator[str]:
    given = token.meta["attributes"]
    for name, is_needed in component.attributes.items():
        if is_needed and name not in given:
            yield f'“::: {component.name}” needs {{{name}="…"}}.'
    for name in given:
        if name not in component.attributes:
            yield f"“::: {component.name}” takes no {name}."
    if token.meta.get("surplus"):
        yield f"“::: {component.name}” takes neither an id nor a class."
    address = given.get("href") if "href" in component.attributes else None
    if address is not None and not FACT.fullmatch(address.strip()):
        fault = fault_of_link(address)
        if fault:
            yield fault


def _body_faults(component: Component, tokens: Sequence[Token], number: int) -> Iterator[str]:
    first = tokens[number + 1]
    is_empty = first.type == "component_close" and first.level == tokens[number].level
    if component.body is Need.REQUIRED and is_empty:
        yield f"“::: {component.name}” is empty."
    elif component.body is Need.NONE and not is_empty:
        yield f"“::: {component.name}” takes no text; close it on the next line."
    if component.name == "steps" and not is_empty and first.type != "ordered_list_open":
        yield "“::: steps” holds a numbered list: 1. first step."
