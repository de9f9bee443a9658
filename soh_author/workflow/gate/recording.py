"""The gate's log on a server: what moved is written down, and looked through."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from soh_author.domain.errors import NotFoundError
from soh_author.gitstore import served
from soh_author.trust.audit_log import ACCEPTED, NOTHING, Happened, LogReport, Move, append, check_log
from soh_author.trust.keys import find_key
from soh_author.trust.signers import open_signer
from soh_author.workflow.gate.remembering import FOLDER

LOG = "log.jsonl"
KEY = "key"


def record(folder: Path, lines: str, now: datetime) -> str:
    """What the hook tells after names moved: the log gets a line, drafts taken away are kept aside.

    Returns:
        The hash of the log's newest line.

    Raises:
        OSError: when the log can't be written.
        NotFoundError: when the gate was never set up here.
    """
    place = folder.resolve()
    served.check_bare(place)
    moves = tuple(Move(words[2], words[0], words[1]) for words in map(str.split, lines.splitlines()))
    gone = [(move.ref, move.old) for move in moves if NOTHING == move.new != move.old]
    served.keep_discarded(place, (pair for pair in gone if pair[0].startswith(served.DRAFT_REFS)), now)
    key = find_key(place / FOLDER, KEY)
    if key is None:
        raise _never_set_up(place)
    happened = Happened(ACCEPTED, moves, now)
    return append(place / FOLDER / LOG, happened, open_signer(key.path), lambda: served.all_refs(place))


def audit(folder: Path, seen_heads: Sequence[str] = ()) -> LogReport:
    """Look whether a server's log is whole and tells where everything stands.

    Raises:
        NotFoundError: when the gate was never set up here.
    """
    place = folder.resolve()
    served.check_bare(place)
    key = find_key(place / FOLDER, KEY)
    if key is None:
        raise _never_set_up(place)
    return check_log(place / FOLDER / LOG, key.line, served.all_refs(place), seen_heads)


def _never_set_up(folder: Path) -> NotFoundError:
    return NotFoundError(
        f"The gate was never set up on “{folder}”.",
        safe="Nothing was changed.",
        todo="Set it up with “soh-author gate install”.",
    )
