"""How values are written for people, in English and Welsh.

Money, numbers, dates, phone numbers, addresses.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import quote, urlsplit

from soh_author.domain.days import day_in_words
from soh_author.domain.ids import Language

_NOT_DIALLED = re.compile(r"[^0-9+*#]")
_EMAIL = re.compile(r"[^\s@<>\"'?&]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&]+")


def money(value: str) -> str:
    """Pounds.

    ``198.00`` is £198, ``79.5`` is £79.50, ``1250`` is £1,250. What is no number stays as written.
    """
    try:
        amount = Decimal(value.strip().removeprefix("£").replace(",", "")).quantize(Decimal("0.01"))
    except InvalidOperation:
        return value
    return f"£{amount:,.2f}".removesuffix(".00")


def count(value: str) -> str:
    """A whole number with commas between thousands. What is no number stays as written."""
    digits = value.strip().replace(",", "")
    return f"{int(digits):,}" if digits.isascii() and digits.isdigit() and len(digits) < 30 else value


def day(value: str, language: Language) -> str:
    """``2025-02-05`` is 5 February 2025, in Welsh 5 Chwefror 2025. What is no date stays as written."""
    try:
        found = date.fromisoformat(value.strip())
    except ValueError:
        return value
    return day_in_words(found, language)


def phone_href(value: str) -> str | None:
    """``tel:`` address of a phone number, without what is not dialled; None when it holds no digit."""
    dialled = _NOT_DIALLED.sub("", value)
    return f"tel:{quote(dialled, safe='+*')}" if any(sign.isdigit() for sign in dialled) else None


def email_href(value: str) -> str | None:
    """``mailto:`` address of an e-mail address; None when it is none."""
    value = value.strip()
    return f"mailto:{value}" if _EMAIL.fullmatch(value) else None


def web_href(value: str) -> str | None:
    """The web address, when it is an ``https`` one (or ``http``, for older partners' sites); else None."""
    value = value.strip()
    try:
        split = urlsplit(value)
    except ValueError:
        return None
    usable = split.scheme in {"https", "http"} and split.netloc and not re.search(r"[\s<>\"'\\]", value)
    return value if usable else None


def web_text(value: str) -> str:
    """A web address as people read it: without scheme, ``www.`` and a closing slash."""
    return re.sub(r"^https?://(www\.)?", "", value.strip()).removesuffix("/")
