"""A fact's value as HTML: escaped, formatted by its type, a link where its type makes one."""

from functools import lru_cache
from html import escape

from soh_author.domain.facts import FactType, FactValue
from soh_author.render.formats import count, day, email_href, money, phone_href, web_href, web_text


# The footer's telephone number alone stands on every page of a force.
@lru_cache(maxsize=4096)
def fact_text(fact: FactValue) -> str:
    """The value as people read it, escaped.

    Lines of an address are parted by commas (for links and attributes).
    """
    return escape(", ".join(line.strip() for line in _written(fact).splitlines() if line.strip()))


@lru_cache(maxsize=4096)
def fact_html(fact: FactValue) -> str:
    """The value as HTML for running text."""
    if fact.type is FactType.ADDRESS:
        return "<br>".join(escape(line.strip()) for line in fact.value.splitlines() if line.strip())
    href = fact_href(fact)
    text = fact_text(fact)
    return text if href is None else f'<a href="{escape(href)}">{text}</a>'


def fact_href(fact: FactValue) -> str | None:
    """The address a fact leads to.

    Of a phone number, an e-mail address, a web address; None for all others.
    """
    if fact.type is FactType.PHONE:
        return phone_href(fact.value)
    if fact.type is FactType.EMAIL:
        return email_href(fact.value)
    return web_href(fact.value) if fact.type is FactType.URL else None


def _written(fact: FactValue) -> str:
    if fact.type is FactType.MONEY:
        return money(fact.value)
    if fact.type in {FactType.COUNT, FactType.DAYS}:
        return count(fact.value)
    if fact.type is FactType.DATE:
        return day(fact.value, fact.language)
    return web_text(fact.value) if fact.type is FactType.URL else fact.value.strip()
