"""What lies in the repository, and what must not."""

import re

import pytest

from tests.house import codebase

# No machine's folders, no tool of the people who built this, no address packages are fetched from.
# Each is written so that it does not match itself.
_OF_ONE_MACHINE = {
    "a folder beside the checkout": r"\.\./share[d]\b",
    "a folder of one machine": (
        r"(?<![\w.\-/])/(?:wor[k]/(?:main|shared)|tmp/pla[n]|opt/(?:whee[l]s|pyp[i])|home/[a-z]\w+/|roo[t]/)"
    ),
    "a folder of one Windows machine": r"(?i)\bc:[\\/]user[s][\\/]",
    "the address of a package registry": (
        r"(?i)pypi\.or[g]/simple|files\.pythonhoste[d]|--(?:extra-)?index-ur[l]|--find-link[s]"
    ),
}
# Asking the lock's maker to leave the addresses out is not naming one.
_ALLOWED = re.compile(r"--no-emit-(?:index-url|find-links)")


def test_the_top_level_holds_only_what_it_should() -> None:
    allowed = {*codebase.FOLDERS, *codebase.TOP_FILES}
    there = {path.name for path in codebase.ROOT.iterdir()} - codebase.MADE_BY_TOOLS
    assert there <= allowed


def test_what_tools_leave_behind_is_ignored_by_git() -> None:
    ignored = {
        line.strip("/") for line in (codebase.ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    }
    assert codebase.MADE_BY_TOOLS - {".git"} <= ignored


def test_nothing_names_a_machine_or_a_registry() -> None:
    named = [
        f"{path.relative_to(codebase.ROOT)}:{number} {what}: {line.strip()[:120]}"
        for path, text in codebase.texts()
        for what, pattern in _OF_ONE_MACHINE.items()
        if re.search(pattern, _ALLOWED.sub("", text))
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, _ALLOWED.sub("", line))
    ]
    assert not named, "\n".join(named)


@pytest.mark.parametrize(
    "said",
    [
        "see .." + "/shared/design",
        "cd /wo" + "rk/main",
        "'/ho" + "me/kim/content'",
        "C:" + "\\Users\\kim",
        "--index" + "-url https://example.org",
    ],
)
def test_places_of_one_machine_are_recognised(said: str) -> None:
    assert any(re.search(pattern, said) for pattern in _OF_ONE_MACHINE.values())


@pytest.mark.parametrize(
    "said", ["https://www.gwent.police.uk/home/kim/", "~/work", "shared/pages", "/tmp/x"]
)
def test_ordinary_places_are_not(said: str) -> None:
    assert not any(re.search(pattern, said) for pattern in _OF_ONE_MACHINE.values())


def test_text_files_end_their_last_line_and_hold_no_windows_line_ends() -> None:
    code = [
        path
        for path in codebase.files("soh_author", "tests", ".ci")
        if path.suffix in {".py", ".md", ".sh", ""}
    ]
    odd = [
        str(path.relative_to(codebase.ROOT))
        for path in code
        if (text := path.read_bytes()) and (b"\r" in text or not text.endswith(b"\n"))
    ]
    assert not odd
