"""Comments say why, and nothing is put off in them."""

import re

import pytest

from tests.house import codebase

# Written in two parts so that this file does not find itself.
_PUT_OFF = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|HA" + r"CK|XX" + r"X)\b")
_SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma)\b(?P<rest>.*)")
# A rule's name in brackets or after a colon, then a reason of at least two words.
_WITH_REASON = re.compile(
    r"(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*|\[[a-z-]+(?:,\s*[a-z-]+)*\])\s*(?:#|-|–)\s*\S+\s+\S+"
)
_WORKAROUND = re.compile(r"WORKAROUND\b(?P<rest>.*)")


def test_nothing_is_put_off_in_a_comment() -> None:
    put_off = [
        f"{path.relative_to(codebase.ROOT)}:{number} {line.strip()}"
        for path, text in codebase.texts()
        for number, line in enumerate(text.splitlines(), 1)
        if _PUT_OFF.search(line)
    ]
    assert not put_off, "\n".join(put_off)


def test_every_silenced_rule_names_the_rule_and_the_reason() -> None:
    silent = [
        f"{path.relative_to(codebase.ROOT)}:{line} {comment}"
        for path in codebase.python_files()
        for line, comment in codebase.comments(path, _SILENCED)
        if (match := _SILENCED.search(comment)) and not _WITH_REASON.match(match["rest"])
    ]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize(
    ("rest", "is_enough"),
    [
        (": E402 - the environment stands first", True),
        ("[no-untyped-call]  # mammoth has no types", True),
        (": E402", False),
        ("[arg-type]", False),
        ("", False),
        (" because of reasons", False),
    ],
)
def test_a_reason_is_recognised(rest: str, is_enough: bool) -> None:
    assert bool(_WITH_REASON.match(rest)) is is_enough


def test_every_workaround_says_what_ends_it() -> None:
    endless = [
        f"{path.relative_to(codebase.ROOT)}:{line} {comment}"
        for path in codebase.python_files("soh_author")
        for line, comment in codebase.comments(path, _WORKAROUND)
        if (match := _WORKAROUND.search(comment)) and len(match["rest"].split()) < 4
    ]
    assert not endless, "\n".join(endless)
