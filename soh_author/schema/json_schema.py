"""The models as JSON Schema, for programs that aren't this one: the files ``content_schema/*.schema.json``.

``python -m soh_author.schema`` writes them; a test proves that the files are what is exported here.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from soh_author.domain.facts import FactType
from soh_author.domain.override import OpKind
from soh_author.schema.comments import CommentRecord
from soh_author.schema.descriptions import DESCRIPTIONS
from soh_author.schema.governance import (
    ApprovalRecord,
    PolicyFile,
    PolicySignaturesFile,
)
from soh_author.schema.overrides import ANCHORS, SETTABLE, OverrideFile
from soh_author.schema.page_types import PAGE_TYPES, TYPE_FIELDS
from soh_author.schema.pages import LocalPage, SharedPage, TakenOverPage, WelshPage
from soh_author.schema.registry import (
    FACT_VALUES,
    IN_WELSH_TOO,
    FactsFile,
    ForceFile,
    GroupFile,
    ManifestFile,
)
from soh_author.schema.releases import ReleaseFile

Json = dict[str, Any]

_FILES: Mapping[str, tuple[type[BaseModel], str]] = {
    "manifest": (ManifestFile, "soh.yml"),
    "page": (SharedPage, "front matter of shared/pages/….en.md"),
    "local-page": (LocalPage, "front matter of a page only one force or group has (kind: local)"),
    "taken-over-page": (TakenOverPage, "front matter of a page a force or group has taken over (kind: page)"),
    "welsh-page": (WelshPage, "front matter of ….cy.md files with a whole page"),
    "override": (OverrideFile, "front matter of a file that changes a page of the layers above"),
    "welsh-override": (OverrideFile, "front matter of ….cy.md files that change a page of the layers above"),
    "facts": (FactsFile, "facts.yml"),
    "force": (ForceFile, "forces/…/force.yml"),
    "group": (GroupFile, "groups/…/group.yml"),
    "policy": (PolicyFile, "policy/policy.json"),
    "policy-signatures": (PolicySignaturesFile, "policy/policy.sigs"),
    "approval": (ApprovalRecord, "approvals/xx/….json"),
    "comment": (CommentRecord, "comments/xx/….json"),
    "release": (ReleaseFile, "releases/….yml"),
}


def exported_files() -> dict[str, str]:
    """Text of every exported file by its name in ``content_schema/``."""
    files = {f"{name}.schema.json": _text(_schema(name)) for name in _FILES}
    return {**files, "page_types.yml": _page_types()}


def _text(schema: Json) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _schema(name: str) -> Json:
    model, purpose = _FILES[name]
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        _tidy(part)
    schema["title"] = purpose
    if "type" in schema.get("properties", {}) and name.endswith("page"):
        schema["allOf"] = list(_type_rules())
    if name.endswith("override"):
        schema["properties"]["set"]["propertyNames"] = {"enum": list(SETTABLE)}
        schema["properties"]["set"]["properties"] = dict(_set_rules())
        schema["$defs"]["OpEntry"]["allOf"] = list(_op_rules(is_welsh=name == "welsh-override"))
    if name == "facts":
        schema["$defs"]["FactEntry"]["allOf"] = list(_fact_rules())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.schema.json", **schema}


def _tidy(part: Json) -> None:
    """Say what each field is instead of how the model calls it; absent fields are left out, never null."""
    part.pop("title", None)
    if "patternProperties" in part:
        part["additionalProperties"] = False
    for name, field in part.get("properties", {}).items():
        field.pop("title", None)
        field.pop("default", None)
        choices = [choice for choice in field.get("anyOf", []) if choice != {"type": "null"}]
        if len(choices) == 1:
            del field["anyOf"]
            field.update(choices[0])
        elif choices:
            field["anyOf"] = choices
        if "patternProperties" in field:
            field["additionalProperties"] = False
        if name in DESCRIPTIONS:
            field["description"] = DESCRIPTIONS[name]


def _type_rules() -> Iterator[Json]:
    for kind, rule in PAGE_TYPES.items():
        refused = [name for name in TYPE_FIELDS if name not in (*rule.needs, *rule.may_have)]
        then: Json = {"properties": {name: {"pattern": r"\S"} for name in rule.needs}}
        then["properties"] |= dict.fromkeys(refused, False)
        if rule.needs:
            then["required"] = list(rule.needs)
        yield {"if": {"properties": {"type": {"const": kind.value}}, "required": ["type"]}, "then": then}


def _op_rules(*, is_welsh: bool) -> Iterator[Json]:
    """Which ops stand beside a section; in Welsh the English file tells beside which."""
    for anchor in ("after", "before", None):
        kinds = [kind.value for kind in OpKind if ANCHORS.get(kind) == anchor]
        then: Json = {"properties": {name: False for name in ("after", "before") if name != anchor}}
        if anchor and not is_welsh:
            then["required"] = [anchor]
        yield {"if": {"properties": {"op": {"enum": kinds}}, "required": ["op"]}, "then": then}


def _set_rules() -> Iterator[tuple[str, Json]]:
    """What each field that an override may set holds; a list may also be one text with commas."""
    for name, adapter in SETTABLE.items():
        value = adapter.json_schema()
        if value["type"] == "array":
            value = {"anyOf": [value, {"type": "string"}]}
        yield name, {"$ref": "#/$defs/SetEntry", "properties": {"value": value}}


def _fact_rules() -> Iterator[Json]:
    """What the values of each type of fact look like, and which have Welsh words."""
    for kind in FactType:
        value: Json = {}
        if kind in FACT_VALUES:
            value["value"] = {"pattern": rf"^\s*(?:{FACT_VALUES[kind][0]})\s*$"}
        if kind not in IN_WELSH_TOO:
            value["cy"] = {"pattern": r"^\s*$"}
        if value:
            then = {"properties": {"values": {"items": {"properties": value}}}}
            yield {"if": {"properties": {"type": {"const": kind.value}}, "required": ["type"]}, "then": then}


def _page_types() -> str:
    lines = [
        "# What each page type needs beside the fields of every page. Made by python -m soh_author.schema."
    ]
    for kind, rule in PAGE_TYPES.items():
        lines += [f"{kind.value}:", f"  purpose: {rule.purpose}"]
        lines += [f"  needs: [{', '.join(rule.needs)}]"] if rule.needs else []
        lines += [f"  may_have: [{', '.join(rule.may_have)}]"] if rule.may_have else []
    return "\n".join(lines) + "\n"
