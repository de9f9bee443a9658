"""Records as files: forged, altered or spelt otherwise they are refused by name, and hide no other."""

import json
from dataclasses import replace

import pytest

from soh_author.domain.ids import ForceId, Language, PageId, PersonId
from soh_author.domain.judging.approval import Action, OutputMove, SourceMove, content_name
from soh_author.domain.judging.people import PublicKey
from soh_author.trust import records
from soh_author.trust.canonical_json import dumps
from soh_author.trust.errors import BadRecordError
from soh_author.trust.records import (
    ReadRecords,
    read_record,
    read_records,
    read_trusted_records,
    record_bytes,
    record_path,
    write_record,
)
from soh_author.trust.signed_files import record_id
from tests.trust.signing import NOW, A, B, Keys, a_policy, a_record, with_person


def _read(keys: Keys, files: dict[str, bytes]) -> ReadRecords:
    return read_records(files, a_policy(keys))


def _reason(keys: Keys, files: dict[str, bytes]) -> str:
    found = _read(keys, files)
    assert not found.signed
    return "; ".join(each.reason for each in found.refused)


def _spelt(keys: Keys, data: bytes, action: Action = Action.APPROVE) -> dict[str, bytes]:
    """Files of a record spelt as told, honestly named and signed by Sam."""
    identity = record_id(data)
    signature = keys.sam.sign(data, action.namespace)
    return {record_path(identity): data, record_path(identity, "sig"): signature}


@pytest.mark.parametrize("action", list(Action))
def test_a_signed_record_is_read_as_it_was_made(keys: Keys, action: Action) -> None:
    record = a_record(action)
    found = _read(keys, write_record(record, keys.sam))
    assert [each.record for each in found.signed] == [record]
    assert found.signed[0].key == keys.sam.line
    assert not found.refused


def test_a_yes_signed_with_anothers_key_is_refused(keys: Keys) -> None:
    assert "another key" in _reason(keys, write_record(a_record(), keys.eve))
    assert "another key" in _reason(keys, write_record(a_record(), keys.nia))


def test_a_yes_in_the_name_of_somebody_unknown_is_refused(keys: Keys) -> None:
    assert "knows nobody called eve" in _reason(keys, write_record(a_record(by="eve"), keys.eve))


def test_a_request_signed_for_review_is_no_signed_yes(keys: Keys) -> None:
    files = _spelt(keys, record_bytes(a_record(Action.APPROVE)), Action.SUBMIT)
    assert "another purpose" in _reason(keys, files)


def test_a_second_key_of_the_person_is_theirs_too(keys: Keys) -> None:
    policy = a_policy(keys)
    sam = policy.people[PersonId("sam")]
    both = with_person(policy, replace(sam, keys=(*sam.keys, PublicKey(keys.eve.line, NOW))))
    found = read_records(write_record(a_record(), keys.eve), both)
    assert [each.key for each in found.signed] == [keys.eve.line]
    third = read_records(write_record(a_record(), keys.nia), both)
    assert "no key of Sam" in third.refused[0].reason


@pytest.mark.parametrize("path", ["json", "sig"])
def test_an_altered_file_is_refused(keys: Keys, path: str) -> None:
    files = write_record(a_record(), keys.sam)
    (name,) = (each for each in files if each.endswith(path))
    for at in range(0, len(files[name]), 7):
        data = files[name]
        altered = {**files, name: bytes([*data[:at], data[at] ^ 1, *data[at + 1 :]])}
        assert _reason(keys, altered)


def test_a_record_without_its_signature_and_the_other_way_round_is_refused(keys: Keys) -> None:
    files = write_record(a_record(), keys.sam)
    record, signature = sorted(files)
    assert "signature is missing" in _reason(keys, {record: files[record]})
    assert "without its record" in _reason(keys, {signature: files[signature]})


def test_a_signature_of_another_record_is_refused(keys: Keys) -> None:
    files, other = (write_record(replace(a_record(), nonce=digit * 32), keys.sam) for digit in "12")
    mixed = {**files, min(path for path in files if path.endswith("sig")): other[max(other)]}
    assert "over these words" in _reason(keys, mixed)


@pytest.mark.parametrize(
    "path",
    [
        "approvals/ab.json",
        "approvals/AB/" + "a" * 64 + ".json",
        "approvals/ab/" + "a" * 64 + ".json",
        "approvals/aa/" + "a" * 64 + ".txt",
        "approvals/aa/../aa/" + "a" * 64 + ".json",
    ],
)
def test_a_file_that_is_named_otherwise_is_no_record(keys: Keys, path: str) -> None:
    assert "no file of a record" in _reason(keys, {path: record_bytes(a_record())})


def test_a_bad_file_hides_no_other(keys: Keys) -> None:
    good = write_record(a_record(), keys.sam)
    bad = write_record(a_record(Action.SUBMIT), keys.eve)
    found = _read(keys, {**good, **bad, "approvals/x": b"", "shared/facts.yml": b""})
    assert [each.record.action for each in found.signed] == [Action.APPROVE]
    assert {each.path for each in found.refused} == {"approvals/x", *(p for p in bad if p.endswith("json"))}


def test_what_was_let_in_before_is_read_without_its_peoples_keys(keys: Keys) -> None:
    files = write_record(a_record(by="eve"), keys.eve)
    assert [each.record.person for each in read_trusted_records(files).signed] == ["eve"]


def _fields(**changes: object) -> bytes:
    value = json.loads(record_bytes(a_record()))
    value.update({name: told for name, told in changes.items() if told is not None})
    for name, told in changes.items():
        if told is None:
            del value[name]
    return dumps(value)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"nonce": None}, "“nonce” is missing"),
        ({"more": "a"}, "“more” isn't a field"),
        ({"action": "bless"}, "isn't one of"),
        ({"schema": 2}, "schema"),
        ({"schema": True}, "schema"),
        ({"time": "2026-11-22T12:00:00+00:00"}, "there must be a moment"),
        ({"time": "2026-02-30T12:00:00Z"}, "there is no moment"),
        ({"nonce": "0"}, "32 to 64 digits"),
        ({"person": "Sam Okafor"}, "can't be used as a person's id"),
        ({"repository": "ours"}, "repository"),
        ({"note": " padded "}, "one form"),
        ({"note": "two\nlines"}, "one line"),
        ({"refers_to": "abc"}, "64 digits"),
        ({"authors": ["sam", "nia"]}, "not in order"),
        ({"authors": ["nia", "nia"]}, "not in order"),
        ({"sources": [{"path": "a", "from": "", "to": "abc"}]}, "sha256"),
        ({"sources": [{"path": "b", "from": A, "to": B}, {"path": "a", "from": A, "to": B}]}, "not in order"),
        ({"sources": [{"path": "a", "from": "", "to": A}, {"path": "a", "from": "", "to": B}]}, "two ways"),
        ({"outputs": [{"page": "../x", "force": "kent", "language": "en", "from": A, "to": B}]}, "page id"),
        ({"outputs": [{"page": "x", "force": "kent", "language": "fr", "from": A, "to": B}]}, "isn't one of"),
    ],
)
def test_a_record_that_says_something_otherwise_is_refused_for_it(
    keys: Keys, changes: dict[str, object], reason: str
) -> None:
    data = _fields(**changes)
    with pytest.raises(BadRecordError) as caught:
        read_record(data)
    assert reason in caught.value.reason
    assert reason in _reason(keys, _spelt(keys, data))


@pytest.mark.parametrize("data", [b"[]\n", b'"a"\n', b"1\n", b"{}\n", b"", b"\0" * 100])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(BadRecordError):
        read_record(data)


def test_doubled_keys_and_other_spellings_are_refused_however_they_are_signed(keys: Keys) -> None:
    data = record_bytes(a_record())
    doubled = data.replace(b'{"action":"approve"', b'{"action":"approve","action":"submit"')
    assert "stands twice" in _reason(keys, _spelt(keys, doubled))
    assert "one form" in _reason(keys, _spelt(keys, data.replace(b":", b": ", 1)))


def test_a_record_that_could_not_be_read_is_not_written(keys: Keys) -> None:
    one = SourceMove("b", A, B)
    for changes in (replace(a_record(), nonce=""), replace(a_record(), sources=(one, SourceMove("a", A, B)))):
        with pytest.raises(BadRecordError):
            write_record(changes, keys.sam)


def test_more_records_than_anybody_needs_are_refused(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_RECORDS", 2)
    files: dict[str, bytes] = {}
    for number in range(3):
        files |= write_record(replace(a_record(), nonce=f"{number:032}"), keys.sam)
    found = _read(keys, files)
    assert len(found.signed) == 2
    assert [each.reason for each in found.refused] == ["there are more than 2 records"]


def test_one_signature_speaks_for_thousands(keys: Keys) -> None:
    moves = tuple(
        sorted(
            OutputMove(PageId(f"advice/page-{page}"), ForceId(f"force-{force}"), Language.EN, A, B)
            for force in range(44)
            for page in range(25)
        )
    )
    record = replace(a_record(), outputs=moves)
    assert _read(keys, write_record(record, keys.sam)).signed[0].record == record


def test_content_has_one_name() -> None:
    assert content_name(None) == ""
    assert content_name(b"").startswith("sha256:e3b0c44298fc")
