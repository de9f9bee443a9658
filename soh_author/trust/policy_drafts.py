"""A policy as a person writes it down: JSON in any order and spacing, with the obvious left out."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from soh_author.domain.ids import Language
from soh_author.domain.judging.policy import Policy, Rules
from soh_author.trust.canonical_json import Json, dumps
from soh_author.trust.errors import BadPolicyError, BadRecordError
from soh_author.trust.moments import moment_text
from soh_author.trust.policies import LARGEST, SCHEMA, policy_bytes, read_any_form

_EVERYTHING: Mapping[str, Json] = {
    "layers": ["*"],
    "areas": ["*"],
    "languages": [language.value for language in Language],
}


def read_written_policy(text: bytes, repository: str, version: int, now: datetime) -> Policy:
    """Read what a person wrote; version and repository are ours to say, whatever stands there.

    Keys may have their comment and count from now; roles hold for everything unless said otherwise.

    Raises:
        BadPolicyError: naming what is wrong.
    """
    written = _json(text)
    rules = written.get("rules", {})
    value: dict[str, Json] = {
        "schema": SCHEMA,
        "version": version,
        "repository": repository,
        "people": written.get("people", []),
        "keys": [_key(entry, now) for entry in _entries(written, "keys")],
        "roles": [{**_EVERYTHING, **entry} for entry in _entries(written, "roles")],
        "roots": written.get("roots", {}),
        "rules": {**_default_rules(), **(rules if isinstance(rules, dict) else {})},
        "freezes": written.get("freezes", []),
    }
    unknown = set(written) - set(value)
    if unknown:
        raise BadPolicyError(f"“{min(unknown)}” isn't a field of a policy")
    try:
        policy = read_any_form(dumps(value))
    except BadRecordError as error:
        raise BadPolicyError(error.reason) from error
    return _in_order(policy)


def written_policy(policy: Policy) -> str:
    """A policy laid out for people, to be changed and proposed again."""
    return json.dumps(json.loads(policy_bytes(policy)), indent=2, ensure_ascii=False) + "\n"


def _json(text: bytes) -> dict[str, Json]:
    if len(text) > LARGEST:
        raise BadPolicyError("the file is too large")
    try:
        value = json.loads(text.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        where = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadPolicyError(f"the file can't be read as JSON{where}") from error
    if not isinstance(value, dict):
        raise BadPolicyError("the file holds no policy")
    return value


def _entries(written: Mapping[str, Json], name: str) -> list[dict[str, Json]]:
    listed = written.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise BadPolicyError(f"“{name}” has to be a list of entries")
    return [dict(entry) for entry in listed if isinstance(entry, dict)]


def _key(entry: Mapping[str, Json], now: datetime) -> dict[str, Json]:
    line = entry.get("key", "")
    words = line.split() if isinstance(line, str) else []
    return {"from": moment_text(now), **entry, "key": " ".join(words[:2])}


def _default_rules() -> dict[str, Json]:
    rules = Rules()
    return {
        "records_last_days": rules.records_last_days,
        "open_emergencies": rules.open_emergencies,
        "reviewers_of_marked": rules.reviewers_of_marked,
        "fact_checked_types": [*rules.fact_checked_types],
    }


def _in_order(policy: Policy) -> Policy:
    """The people in the order of their ids, so that a difference between two versions is a real one."""
    return replace(policy, people={name: policy.people[name] for name in sorted(policy.people)})
