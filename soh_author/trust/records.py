"""Records as files: ``approvals/xx/<sha256>.json`` in one form, and the signature beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.approval import OutputMove, Record, SignedRecord, SourceMove
from soh_author.domain.judging.people import Person
from soh_author.domain.judging.policy import Policy
from soh_author.schema.checking import check
from soh_author.schema.governance import ApprovalRecord
from soh_author.trust import canonical_json
from soh_author.trust.errors import BadRecordError, BadSignatureError
from soh_author.trust.moments import moment_text
from soh_author.trust.signatures import verify
from soh_author.trust.signed_files import RefusedRecord, path_in, read_each, record_id, signed_by
from soh_author.trust.signers import Signer

SCHEMA = 1
MOST_RECORDS = 5_000
C = TypeVar("C", SourceMove, OutputMove, PersonId)
_KeyOf = Callable[[str, Record, bytes], str]
_FOLDER = "approvals/"


@dataclass(frozen=True, slots=True)
class ReadRecords:
    """What was read of many files: the records that hold, and the files that don't."""

    signed: tuple[SignedRecord, ...]
    refused: tuple[RefusedRecord, ...]


def record_bytes(record: Record) -> bytes:
    """A record in its one form.

    Raises:
        BadRecordError: when it can't be written down.
    """
    return canonical_json.dumps(_value(record))


def _value(record: Record) -> dict[str, canonical_json.Json]:
    return {
        "schema": SCHEMA,
        "action": record.action.value,
        "repository": record.repository,
        "person": record.person,
        "time": moment_text(record.when),
        "nonce": record.nonce,
        "draft": record.draft,
        "note": record.note,
        "refers_to": record.refers_to,
        "authors": [*record.authors],
        "sources": [{"path": move.path, "from": move.old, "to": move.new} for move in record.sources],
        "outputs": [
            {
                "page": move.page,
                "force": move.force,
                "language": move.language.value,
                "from": move.old,
                "to": move.new,
            }
            for move in record.outputs
        ],
    }


def record_path(identity: str, suffix: str = "json") -> str:
    """Where a record's file (``json``) or its signature (``sig``) lies."""
    return path_in(_FOLDER, identity, suffix)


def read_record(data: bytes) -> Record:
    """Read a record's bytes; says nothing of its signature.

    Raises:
        BadRecordError: when anything in it is not as :func:`record_bytes` writes it.
    """
    value = canonical_json.loads(data)
    if not isinstance(value, dict):
        raise BadRecordError("it holds no record")
    checked = check(ApprovalRecord, value)
    if checked.faults or checked.value is None:
        raise BadRecordError("; ".join(fault.message.rstrip(".") for fault in checked.faults[:3]))
    record = _record(checked.value)
    _check_order(record.sources)
    _check_order(record.outputs)
    _check_order(record.authors)
    if _says_twice(record):
        raise BadRecordError("it says of one thing that it moves in two ways")
    if canonical_json.spelt(_value(record)) != data:
        raise BadRecordError("it is not written in its one form")
    return record


def write_record(record: Record, signer: Signer) -> dict[str, bytes]:
    """Sign a record.

    Returns:
        The two files it becomes, by path.

    Raises:
        BadRecordError: when the record can't be read back as it is.
        KeyFileError: when the key can't sign.
    """
    data = record_bytes(record)
    read_record(data)
    identity = record_id(data)
    signature = signer.sign(data, record.action.namespace)
    return {record_path(identity): data, record_path(identity, "sig"): signature}


def read_records(files: Mapping[str, bytes], policy: Policy) -> ReadRecords:
    """Read and verify the records among some files; one bad file hides no other.

    A signature holds when it is of a key that the policy gives the person, whenever that key counts: whether
    it counted is judged with everything else (:mod:`soh_author.domain.judging.requirements`).

    Args:
        files: bytes by path; paths outside ``approvals/`` are passed over.
        policy: whose keys count.
    """
    return _read(files, lambda path, record, data: _signing_key(files, path, record, data, policy))


def read_trusted_records(files: Mapping[str, bytes]) -> ReadRecords:
    """As :func:`read_records` for files a gate has let in before: their signatures aren't looked at again.

    The people may have left since; what they said then still stands.
    """
    return _read(files, lambda _path, _record, _data: "")


def _read(files: Mapping[str, bytes], key_of: _KeyOf) -> ReadRecords:
    def read(path: str, identity: str) -> SignedRecord:
        data = files[path]
        record = read_record(data)
        return SignedRecord(identity, record, key_of(path, record, data))

    return ReadRecords(*read_each(files, _FOLDER, "record", MOST_RECORDS, read))


def _signing_key(files: Mapping[str, bytes], path: str, record: Record, data: bytes, policy: Policy) -> str:
    """The line of the key of the person named in the record with which it was signed."""
    person, signature = signed_by(files, path, record.person, policy)
    return signing_key(person, signature, data, record.action.namespace)


def signing_key(person: Person, signature: bytes, data: bytes, namespace: str) -> str:
    """The line of the key of a person with which something was signed, whenever that key counts.

    Raises:
        BadSignatureError: when it is none of theirs, or the signature does not hold.
    """
    reason = f"{person.name} has no key"
    for key in person.keys:
        try:
            verify(signature, data, namespace, key.line)
        except BadSignatureError as error:
            reason = error.reason if len(person.keys) == 1 else f"no key of {person.name} made it"
        else:
            return key.line
    raise BadSignatureError(reason)


def _check_order(listed: tuple[C, ...]) -> None:
    if not all(one < following for one, following in pairwise(listed)):
        raise BadRecordError("its lists are not in order, or hold something twice")


def _says_twice(record: Record) -> bool:
    paths = {move.path for move in record.sources}
    outputs = {(move.page, move.force, move.language) for move in record.outputs}
    return len(paths) != len(record.sources) or len(outputs) != len(record.outputs)


def _record(read: ApprovalRecord) -> Record:
    return Record(
        action=read.action,
        repository=read.repository,
        person=read.person,
        when=read.time,
        nonce=read.nonce,
        draft=read.draft,
        note=read.note,
        sources=tuple(SourceMove(move.path, move.start, move.to) for move in read.sources),
        outputs=tuple(
            OutputMove(move.page, move.force, move.language, move.start, move.to) for move in read.outputs
        ),
        refers_to=read.refers_to,
        authors=tuple(read.authors),
    )
