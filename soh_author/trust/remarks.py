"""Remarks as files: ``comments/xx/<sha256>.json`` in one form, and the signature beside it.

They lie in drafts and never go live: what people say of words is no part of what the public reads. Their
signatures have a namespace of their own, so that none of them is ever an approval.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.comment import Anchor, Checked, CheckedOutput, Remark, RemarkKind, SignedRemark
from soh_author.domain.judging.policy import Policy
from soh_author.schema.checking import check
from soh_author.schema.comments import AnchorEntry, CheckedEntry, CommentRecord
from soh_author.trust import canonical_json
from soh_author.trust.errors import BadRecordError, BadSignatureError
from soh_author.trust.moments import moment_text
from soh_author.trust.records import signing_key
from soh_author.trust.signed_files import RefusedRecord, path_in, read_each, record_id, signed_by
from soh_author.trust.signers import Signer

FOLDER = "comments/"
NAMESPACE = "soh-author/comment"
SCHEMA = 1
LARGEST = 256 * 1024
MOST_REMARKS = 5_000


@dataclass(frozen=True, slots=True)
class ReadRemarks:
    """What was read of many files: the remarks that hold, and the files that don't."""

    signed: tuple[SignedRemark, ...]
    refused: tuple[RefusedRecord, ...]


def remark_bytes(remark: Remark) -> bytes:
    """A remark in its one form.

    Raises:
        BadRecordError: when it can't be written down.
    """
    value: dict[str, canonical_json.Json] = {
        "schema": SCHEMA,
        "kind": remark.kind.value,
        "repository": remark.repository,
        "draft": remark.draft,
        "person": remark.person,
        "time": moment_text(remark.when),
        "nonce": remark.nonce,
        "refers_to": remark.refers_to,
        "text": remark.text,
        "replacement": remark.replacement,
        "speaker": remark.speaker,
        "pack": remark.pack,
    }
    if remark.anchor is not None:
        value["anchor"] = _anchor_value(remark.anchor)
    if remark.checked is not None:
        value["checked"] = _checked_value(remark.checked)
    return canonical_json.dumps(value)


def remark_path(identity: str, suffix: str = "json") -> str:
    """Where a remark's file (``json``) or its signature (``sig``) lies."""
    return path_in(FOLDER, identity, suffix)


def read_remark(data: bytes) -> Remark:
    """Read a remark's bytes; says nothing of its signature.

    Raises:
        BadRecordError: when anything in it is not as :func:`remark_bytes` writes it.
    """
    value = canonical_json.loads(data, largest=LARGEST)
    if not isinstance(value, dict):
        raise BadRecordError("it holds no comment")
    checked = check(CommentRecord, value)
    if checked.faults or checked.value is None:
        raise BadRecordError("; ".join(fault.message.rstrip(".") for fault in checked.faults[:3]))
    remark = _remark(checked.value)
    _check_shape(remark)
    if remark_bytes(remark) != data:
        raise BadRecordError("it is not written in its one form")
    return remark


def write_remark(remark: Remark, signer: Signer) -> dict[str, bytes]:
    """Sign a remark.

    Returns:
        The two files it becomes, by path.

    Raises:
        BadRecordError: when the remark can't be read back as it is.
        KeyFileError: when the key can't sign.
    """
    data = remark_bytes(remark)
    read_remark(data)
    identity = record_id(data)
    return {
        remark_path(identity): data,
        remark_path(identity, "sig"): signer.sign(data, NAMESPACE),
    }


def read_remarks(files: Mapping[str, bytes], policy: Policy) -> ReadRemarks:
    """Read and verify the remarks among some files; one bad file hides no other.

    A remark holds when it is of this repository and signed with a key the policy gives its person, which
    counted at the moment it names. It gives nobody a right, so a key that ran out since spoils nothing.

    Args:
        files: bytes by path; paths outside ``comments/`` are passed over.
        policy: whose keys count.
    """

    def read(path: str, identity: str) -> SignedRemark:
        return _signed(files, path, identity, policy)

    return ReadRemarks(*read_each(files, FOLDER, "comment", MOST_REMARKS, read))


def _signed(files: Mapping[str, bytes], path: str, name: str, policy: Policy) -> SignedRemark:
    data = files[path]
    remark = read_remark(data)
    if remark.repository != policy.repository:
        raise BadRecordError("it was said of other content")
    person, signature = signed_by(files, path, remark.person, policy)
    line = signing_key(person, signature, data, NAMESPACE)
    key = person.key(line)
    reason = key.why_not(remark.when, remark.when) if key else "isn't theirs"
    if reason:
        raise BadSignatureError(f"the key of {person.name} {reason}")
    return SignedRemark(name, remark, line)


def _check_shape(remark: Remark) -> None:
    """What begins a conversation belongs to words; everything else refers to what began it.

    An acceptance does both: it tells where the words went. A check does neither.
    """
    is_check = remark.kind is RemarkKind.CHECK
    if is_check != (remark.checked is not None):
        raise BadRecordError("only a check tells what was checked, and it does")
    if is_check:
        _check_check(remark)
        return
    is_placed = remark.kind.begins or remark.kind is RemarkKind.ACCEPT
    if is_placed != (remark.anchor is not None) or remark.kind.begins == bool(remark.refers_to):
        raise BadRecordError("it neither begins a conversation nor goes on with one")
    says_something = remark.text.strip() or remark.kind not in {RemarkKind.COMMENT, RemarkKind.REPLY}
    if not says_something:
        raise BadRecordError("it says nothing")
    if remark.replacement and remark.kind is not RemarkKind.SUGGESTION:
        raise BadRecordError("only a suggestion brings other words")
    if remark.kind is RemarkKind.SUGGESTION and not (remark.anchor and remark.anchor.section):
        raise BadRecordError("it suggests words for no section")


def _check_check(remark: Remark) -> None:
    if remark.anchor or remark.refers_to or remark.replacement or not (remark.speaker and remark.pack):
        raise BadRecordError("a check names who checked and which pack, and belongs to no words")
    assert remark.checked is not None, "asked before"
    found = remark.checked
    if list(found.outputs) != sorted(set(found.outputs)):
        raise BadRecordError("its outputs are not in order, or named twice")
    if any(list(names) != sorted(set(names)) for names in (found.correct, found.wrong)):
        raise BadRecordError("its blocks are not in order, or named twice")
    if not set(found.correct).isdisjoint(found.wrong) or not (found.correct or found.wrong):
        raise BadRecordError("it says of a block that it is right and that it isn't, or of none anything")


def _checked_value(found: Checked) -> canonical_json.Json:
    return {
        "day": found.day.isoformat(),
        "outputs": [
            {"page": each.page, "force": each.force, "language": each.language.value}
            for each in found.outputs
        ],
        "correct": [*found.correct],
        "wrong": [*found.wrong],
    }


def _checked(read: CheckedEntry) -> Checked:
    outputs = tuple(CheckedOutput(each.page, each.force, each.language) for each in read.outputs)
    return Checked(read.day, outputs, tuple(read.correct), tuple(read.wrong))


def _anchor_value(anchor: Anchor) -> canonical_json.Json:
    return {
        "page": anchor.page,
        "language": anchor.language.value,
        "layer": str(anchor.layer),
        "section": anchor.section or "",
        "quote": anchor.quote,
        "before": anchor.before,
        "after": anchor.after,
    }


def _anchor(read: AnchorEntry) -> Anchor:
    return Anchor(read.page, read.language, read.layer, read.section, read.quote, read.before, read.after)


def _remark(read: CommentRecord) -> Remark:
    return Remark(
        kind=read.kind,
        repository=read.repository,
        draft=read.draft,
        person=read.person,
        when=read.time,
        nonce=read.nonce,
        text=read.text,
        refers_to=read.refers_to,
        anchor=_anchor(read.anchor) if read.anchor else None,
        replacement=read.replacement,
        speaker=read.speaker,
        pack=read.pack,
        checked=_checked(read.checked) if read.checked else None,
    )
