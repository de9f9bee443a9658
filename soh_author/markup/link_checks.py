"""Links that say one address and go to another."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

_HOST = r"(?:[\w-]+\.)+[^\W\d_]{2,}"
_SAID = re.compile(rf"https?://(?P<full>{_HOST})|\b(?P<www>www\.{_HOST})", re.IGNORECASE)
_ENDS = "uk|com|org|net|gov|info|int|eu|wales|cymru|scot"
_ALONE = re.compile(rf"(?P<host>(?:[\w-]+\.)+(?:{_ENDS}))(?:[/?#:]\S*)?", re.IGNORECASE)
_MAIL = re.compile(rf"[\w.+-]+@{_HOST}", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\w)\+?\(?\d(?:[ .-]?(?:\(0\))?[ .-]?\d|\) ?\d)*(?!\w)")
_FEWEST_DIGITS = 3


def doubts_about_link(words: str, address: str) -> Iterator[tuple[str, str]]:
    """Find what a link's words say and its address doesn't keep, as code and sentence.

    Args:
        words: what is shown.
        address: where it goes, one that a link may go to.
    """
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "https":
        yield from _of_site(words, address)
    elif scheme == "mailto":
        said = [found.lower() for found in _MAIL.findall(words)]
        target = unquote(rest.partition("?")[0]).lower()
        if said and target not in said:
            yield "misleading-link", f"The link says “{said[0]}” and writes to “{target}”."
    elif scheme == "tel":
        yield from _of_number(words, rest)


def _of_site(words: str, address: str) -> Iterator[tuple[str, str]]:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removesuffix(".")
    except ValueError:
        yield "misleading-link", f"“{address}” can't be read as an address."
        return
    if "@" in parts.netloc:
        text = f"“{address}” goes to {host}; what stands before the @ only looks like an address."
        yield "misleading-link", text
    elif not host.isascii() or any(part.startswith("xn--") for part in host.split(".")):
        text = (
            f"The link goes to {host}, written with letters that may only look like those of another address."
        )
        yield "doubtful-link", text
    said = [_bare(found["full"] or found["www"]) for found in _SAID.finditer(words)]
    alone = _ALONE.fullmatch(words.strip())
    if alone and not said:
        said = [_bare(alone["host"])]
    if said and not any(_is_of(_bare(host), each) for each in said):
        yield "misleading-link", f"The link says “{said[0]}” and goes to “{_bare(host)}”."


def _of_number(words: str, number: str) -> Iterator[tuple[str, str]]:
    said = [digits for found in _NUMBER.findall(words) if len(digits := _digits(found)) >= _FEWEST_DIGITS]
    if said and _digits(number) not in said:
        yield "doubtful-link", f"The link says “{words.strip()}” and calls {number}."


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _is_of(host: str, said: str) -> bool:
    """Whether one of two hosts is the other, or a part of it."""
    return host == said or host.endswith(f".{said}")


def _digits(number: str) -> str:
    """The digits of a number as it is called in this country."""
    digits = re.sub(r"\D", "", unquote(number).replace("(0)", ""))
    return f"0{digits[2:]}" if number.strip().startswith("+44") else digits
