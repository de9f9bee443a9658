"""A receipt held against what was signed: it bears no signature, so the release tells if it is true."""

import re
from collections import Counter
from dataclasses import dataclass

from soh_author.domain.errors import UsageError
from soh_author.workflow.release.auditing_proof import fault_of_release
from soh_author.workflow.release.receipts import receipt
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

LARGEST = 256 * 1024 * 1024
"""Bytes of a receipt; one of 44,000 pages has about a fifth of that."""
_NAMED = re.compile(
    r'\{\s*"release": "([^"\\]{1,200})"'
    r"|<!DOCTYPE html>[^\0]{0,4000}?<h1>Receipt of ([^<]{1,200})</h1>"
)


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """A receipt and what was signed: lines that only the one has, and those that only the other has.

    ``fault`` says why the release isn't proved, in words that follow *because*; empty when it is.
    ``is_true`` asks for the same lines in the same order.
    """

    release: str
    fault: str
    is_same: bool
    not_signed: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def is_true(self) -> bool:
        """Whether it says what was signed, and that is proved."""
        return self.is_same and not self.fault


def check_receipt(workspace: Workspace, data: bytes) -> Task[CheckedReceipt]:
    """Make the receipt of the release that a file names again, and say where they differ.

    Raises (when run):
        UsageError: when it is no receipt.
        NotFoundError: when there is no such release.
    """

    def work(_progress: Progress) -> Outcome[CheckedReceipt]:
        text = _text(data)
        named = _NAMED.match(text)
        if named is None:
            raise _no_receipt("it names no release where a receipt does")
        made = receipt(workspace, named[1] or named[2]).run().value
        signed = _lines(made.as_json() if named[1] else made.as_html())
        given = _lines(text)
        says, said = Counter(given), Counter(signed)
        fault = fault_of_release(workspace, made.release)
        more, less = (tuple((one - other).elements()) for one, other in ((says, said), (said, says)))
        return Outcome(CheckedReceipt(made.release.id, fault, given == signed, more, less))

    return Task("Checking the receipt", work)


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise _no_receipt(f"it is larger than {LARGEST:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_receipt("it is not UTF-8") from error


def _lines(text: str) -> list[str]:
    """Its lines, whatever a mail program or another system made of their ends."""
    return text.replace("\r\n", "\n").rstrip("\n").split("\n")


def _no_receipt(why: str) -> UsageError:
    return UsageError(
        f"This is no receipt of a release: {why}.",
        safe="Nothing was changed.",
        todo="Give the .json or the .html that was written when it was published.",
    )
