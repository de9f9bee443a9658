"""How values are written for people."""

import pytest

from soh_author.domain.ids import Language
from soh_author.render.formats import count, day, email_href, money, phone_href, web_href, web_text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("198.00", "£198"),
        ("79.50", "£79.50"),
        ("79.5", "£79.50"),
        ("£1250", "£1,250"),
        ("1,250.5", "£1,250.50"),
        ("0", "£0"),
        ("free", "free"),
    ],
)
def test_money_is_pounds_with_pence_only_where_there_are_some(value: str, shown: str) -> None:
    assert money(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("7", "7"), ("12500", "12,500"), ("12,500", "12,500"), ("²", "²"), ("about 3", "about 3")],
)
def test_whole_numbers_have_commas_between_thousands(value: str, shown: str) -> None:
    assert count(value) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [(Language.EN, "5 February 2025"), (Language.CY, "5 Chwefror 2025")]
)
def test_days_are_written_out_in_the_language_of_the_page(language: Language, shown: str) -> None:
    assert day("2025-02-05", language) == shown
    assert day("soon", language) == "soon"


def test_every_month_has_a_name_in_both_languages() -> None:
    for language in Language:
        assert len({day(f"2026-{month:02}-01", language) for month in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("value", "href"),
    [
        ("101", "tel:101"),
        ("0800 40 50 40", "tel:0800405040"),
        ("+44 (0)1632 960115", "tel:+4401632960115"),
        ("none", None),
    ],
)
def test_a_phone_number_is_dialled_without_spaces(value: str, href: str | None) -> None:
    assert phone_href(value) == href


def test_only_an_email_address_is_written_to() -> None:
    assert email_href("a.b@example.org") == "mailto:a.b@example.org"
    assert email_href("a@b") is None
    assert email_href("a@example.org?subject=x") is None


def test_only_web_addresses_are_linked_and_shown_short() -> None:
    assert web_href("https://www.example.org/a/") == "https://www.example.org/a/"
    assert web_href("ftp://example.org/") is None
    assert web_href("https://exa mple.org/") is None
    assert web_href("https://[") is None
    assert web_text("https://www.example.org/a/") == "example.org/a"
