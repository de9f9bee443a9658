"""The exported files of the contract."""

import json
from pathlib import Path

import pytest
import yaml

from soh_author.domain.page import PageType
from soh_author.schema.descriptions import DESCRIPTIONS
from soh_author.schema.json_schema import exported_files

CONTRACT = Path(__file__).resolve().parents[2] / "content_schema"
FILES = exported_files()


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_files_of_the_contract_are_what_the_program_checks(name: str) -> None:
    assert (CONTRACT / name).read_text(encoding="utf-8") == FILES[name], "Run: python -m soh_author.schema"


def test_no_other_schema_lies_about() -> None:
    assert {path.name for path in CONTRACT.glob("*.schema.json")} == {
        name for name in FILES if name.endswith(".json")
    }


def test_every_page_type_is_listed_with_its_purpose() -> None:
    listed = yaml.safe_load(FILES["page_types.yml"])
    assert set(listed) == {kind.value for kind in PageType}
    assert all(entry["purpose"] for entry in listed.values())


def test_a_page_schema_asks_for_what_its_type_needs() -> None:
    schema = json.loads(FILES["page.schema.json"])
    rules = {rule["if"]["properties"]["type"]["const"]: rule["then"] for rule in schema["allOf"]}
    assert rules["appeal"]["required"] == ["reference", "remove_by"]
    assert rules["advice"]["properties"]["until"] is False
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {"title", "type", "url", "summary", "owner", "review_by"}


def test_every_description_is_of_a_field_that_exists() -> None:
    everything = "".join(FILES.values())
    unused = [name for name in DESCRIPTIONS if f'"{name}": {{' not in everything]
    assert unused == []


def test_the_version_is_the_one_the_program_reads() -> None:
    assert (CONTRACT / "VERSION").read_text(encoding="utf-8") == "1\n"
