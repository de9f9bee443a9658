"""Remarks as files: forged, altered, oversized or spelt otherwise they are refused by name, alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from soh_author.domain.comment import Anchor, Checked, CheckedOutput, Remark, RemarkKind
from soh_author.domain.ids import DraftName, ForceId, Language, PageId, PersonId, SectionId
from soh_author.domain.judging.people import PublicKey
from soh_author.domain.layers import SHARED
from soh_author.trust.errors import BadRecordError
from soh_author.trust.records import read_records
from soh_author.trust.remarks import (
    LARGEST,
    NAMESPACE,
    read_remark,
    read_remarks,
    remark_bytes,
    remark_path,
    write_remark,
)
from soh_author.trust.signed_files import record_id
from soh_author.trust.signers import FileSigner
from tests.trust.signing import NOW, REPOSITORY, Keys, a_policy, with_person

_WORDS = Anchor(PageId("advice/fees"), Language.EN, SHARED, SectionId("amounts"), "Storage is", "", "a day")
_ROOT_ID = "ab" * 32


_CHECKED = Checked(
    date(2026, 11, 22),
    (CheckedOutput(PageId("advice/fees"), ForceId("kent"), Language.EN),),
    ("a" * 32,),
    ("b" * 32,),
)


def _remark(kind: RemarkKind = RemarkKind.COMMENT, by: str = "sam") -> Remark:
    is_check = kind is RemarkKind.CHECK
    return Remark(
        kind,
        REPOSITORY,
        DraftName("april"),
        PersonId(by),
        NOW,
        "0" * 32,
        text="Is it still £26?\n\nSiân asks.",
        refers_to="" if kind.begins or is_check else _ROOT_ID,
        anchor=_WORDS if kind.begins or kind is RemarkKind.ACCEPT else None,
        replacement="Storage costs" if kind is RemarkKind.SUGGESTION else "",
        speaker="Dr Jo Lee" if is_check else "",
        pack="sha256:" + "1" * 64 if is_check else "",
        checked=_CHECKED if is_check else None,
    )


_CHECK = _remark(RemarkKind.CHECK)


def _files(data: bytes, signer: FileSigner, namespace: str = NAMESPACE) -> dict[str, bytes]:
    identity = record_id(data)
    return {remark_path(identity): data, remark_path(identity, "sig"): signer.sign(data, namespace)}


def _reason(keys: Keys, files: dict[str, bytes]) -> str:
    found = read_remarks(files, a_policy(keys))
    assert not found.signed
    return "; ".join(each.reason for each in found.refused)


@pytest.mark.parametrize("kind", list(RemarkKind))
def test_a_signed_remark_is_read_as_it_was_made(keys: Keys, kind: RemarkKind) -> None:
    remark = _remark(kind)
    found = read_remarks(write_remark(remark, keys.sam), a_policy(keys))
    assert [(each.remark, each.key) for each in found.signed] == [(remark, keys.sam.line)]
    assert not found.refused


def test_what_is_signed_for_another_purpose_is_no_remark_and_a_remark_is_no_approval(keys: Keys) -> None:
    data = remark_bytes(_remark())
    assert "another purpose" in _reason(keys, _files(data, keys.sam, "soh-author/approve"))
    moved = {path.replace("comments", "approvals"): text for path, text in _files(data, keys.sam).items()}
    assert not read_records(moved, a_policy(keys)).signed


def test_a_remark_in_anothers_name_is_refused(keys: Keys) -> None:
    assert "another key" in _reason(keys, write_remark(_remark(by="nia"), keys.sam))
    assert "knows nobody called eve" in _reason(keys, write_remark(_remark(by="eve"), keys.eve))


def test_a_remark_of_another_repository_is_refused(keys: Keys) -> None:
    other = replace(_remark(), repository=REPOSITORY.replace("3f", "4f"))
    assert "other content" in _reason(keys, write_remark(other, keys.sam))


def test_one_bad_file_hides_no_other(keys: Keys) -> None:
    good = write_remark(_remark(), keys.sam)
    bad = {path: text + b" " for path, text in write_remark(_remark(by="nia"), keys.nia).items()}
    found = read_remarks({**good, **bad, "comments/aa/odd.json": b"{}"}, a_policy(keys))
    assert len(found.signed) == 1
    assert any("altered" in each.reason for each in found.refused)
    assert any("no file of a comment" in each.reason for each in found.refused)


def test_a_remark_without_signature_and_a_signature_without_remark_are_refused(keys: Keys) -> None:
    files = write_remark(_remark(), keys.sam)
    for path, reason in ((".json", "signature is missing"), (".sig", "without its comment")):
        assert reason in _reason(keys, {name: text for name, text in files.items() if name.endswith(path)})


def test_a_key_counts_at_the_moment_it_signed_and_need_not_count_for_ever(keys: Keys) -> None:
    policy = a_policy(keys)
    sam = policy.people[PersonId("sam")]
    files = write_remark(_remark(), keys.sam)
    spent = PublicKey(keys.sam.line, NOW - timedelta(days=9), NOW + timedelta(hours=1))
    late = PublicKey(keys.sam.line, NOW + timedelta(hours=1))
    gone = PublicKey(keys.sam.line, NOW - timedelta(days=9), None, NOW - timedelta(hours=1))
    assert read_remarks(files, with_person(policy, replace(sam, keys=(spent,)))).signed
    for key, reason in ((late, "counts only since"), (gone, "was revoked")):
        found = read_remarks(files, with_person(policy, replace(sam, keys=(key,))))
        assert reason in found.refused[0].reason


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (replace(_remark(), anchor=None), "neither begins"),
        (replace(_remark(), refers_to=_ROOT_ID), "neither begins"),
        (replace(_remark(), checked=_CHECKED), "only a check"),
        (replace(_CHECK, checked=None), "only a check"),
        (replace(_CHECK, speaker=""), "names who checked"),
        (replace(_CHECK, pack=""), "names who checked"),
        (replace(_CHECK, refers_to=_ROOT_ID), "names who checked"),
        (replace(_CHECK, anchor=_WORDS), "names who checked"),
        (replace(_CHECK, checked=replace(_CHECKED, outputs=_CHECKED.outputs * 2)), "named twice"),
        (replace(_CHECK, checked=replace(_CHECKED, correct=("b" * 32, "a" * 32))), "not in order"),
        (replace(_CHECK, checked=replace(_CHECKED, wrong=_CHECKED.correct)), "and that it isn't"),
        (replace(_CHECK, checked=replace(_CHECKED, correct=(), wrong=())), "none anything"),
        (replace(_CHECK, checked=replace(_CHECKED, correct=("a" * 31,))), "32 digits"),
        (replace(_remark(RemarkKind.REPLY), refers_to=""), "neither begins"),
        (replace(_remark(RemarkKind.REPLY), anchor=_WORDS), "neither begins"),
        (replace(_remark(RemarkKind.ACCEPT), anchor=None), "neither begins"),
        (replace(_remark(), text=" \n"), "says nothing"),
        (replace(_remark(), replacement="More"), "only a suggestion"),
        (replace(_remark(RemarkKind.SUGGESTION), anchor=replace(_WORDS, section=None)), "no section"),
        (replace(_remark(), text="x" * 10_001), "longer than 10,000"),
        (replace(_remark(), anchor=replace(_WORDS, quote="x" * 2_001)), "longer than 2,000"),
        (replace(_remark(), text="a\x1b[31mb"), "can't be seen"),
        (replace(_remark(), text="a\u202eb"), "can't be seen"),
        (replace(_remark(), speaker="Two\nlines"), "one line"),
        (replace(_remark(), pack="sha256:1"), "sha256"),
        (replace(_remark(), nonce="short"), "digits"),
    ],
)
def test_a_remark_that_makes_no_sense_is_neither_written_nor_read(
    keys: Keys, bad: Remark, reason: str
) -> None:
    with pytest.raises(BadRecordError, match=reason):
        write_remark(bad, keys.sam)
    assert reason in _reason(keys, _files(remark_bytes(bad), keys.sam))


def test_other_spellings_are_refused() -> None:
    data = remark_bytes(_remark())
    for other in (
        data.rstrip(),
        data.replace(b'"schema":1', b'"schema": 1'),
        data.replace(b'"schema":1', b'"schema":1,"schema":1'),
        b"[]\n",
        b"{",
        b"\xff",
        data + b" " * LARGEST,
    ):
        with pytest.raises(BadRecordError):
            read_remark(other)
