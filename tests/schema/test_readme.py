"""The contract in words says what the program does."""

import re
from pathlib import Path

import pytest

from soh_author.domain.diagnostics import CODES
from soh_author.domain.facts import FactType
from soh_author.domain.override import OpKind
from soh_author.schema.overrides import SETTABLE
from soh_author.schema.page_types import TYPE_FIELDS
from soh_author.schema.pages import LocalPage, SharedPage, TakenOverPage, WelshPage

CONTRACT = Path(__file__).resolve().parents[2] / "content_schema"
README = (CONTRACT / "README.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[\w-]+", README))


@pytest.mark.parametrize("model", [SharedPage, LocalPage, TakenOverPage, WelshPage])
def test_every_field_of_a_page_is_explained(model: type[SharedPage | WelshPage]) -> None:
    assert set(model.model_fields) <= WORDS


def test_every_op_settable_field_and_type_of_fact_is_explained() -> None:
    assert {kind.value for kind in OpKind} | set(SETTABLE) | set(TYPE_FIELDS) | {
        kind.value for kind in FactType
    } <= WORDS


def test_every_file_the_readme_names_is_there() -> None:
    named = re.findall(r"^\| `([\w./]+[./][\w./]*)` \|", README, re.MULTILINE)
    assert len(named) >= 5
    assert [name for name in named if not (CONTRACT / name).exists()] == []


def test_the_readme_says_of_every_schema_which_files_it_is_for() -> None:
    rows = " ".join(re.findall(r"^\| (`[\w` -]+`) \|", README, re.MULTILINE))
    schemas = {path.name.removesuffix(".schema.json") for path in CONTRACT.glob("*.schema.json")}
    assert schemas <= set(re.findall(r"`([\w-]+)`", rows))


def test_every_code_of_the_examples_is_a_known_one() -> None:
    used = {
        line.split()[1]
        for path in (CONTRACT / "examples" / "invalid").glob("*.expected")
        for line in path.read_text(encoding="utf-8").splitlines()[1:]
    }
    assert used <= set(CODES)
    assert len(used) > 30


def test_git_is_not_spoken_of_in_the_glossary() -> None:
    words = set(re.findall(r"[a-z]+", (CONTRACT / "GLOSSARY.md").read_text(encoding="utf-8").lower()))
    assert words.isdisjoint({"commit", "push", "rebase", "branch", "head", "stash", "checkout"})
