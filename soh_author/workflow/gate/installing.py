"""Setting up a server: hooks that ask the gate, strict settings, the pinned policy, the log and its key."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from soh_author.domain.errors import ContentError, OutputError, UsageError
from soh_author.gitstore import served
from soh_author.gitstore.incoming import Incoming, quarantine_of
from soh_author.trust.audit_log import INSTALLED, Happened, Move, append
from soh_author.trust.keys import create_key, find_key
from soh_author.trust.policies import POLICY_PATH, policy_hash, read_policy
from soh_author.trust.signers import open_signer
from soh_author.workflow.gate.gatekeeping import judge_push
from soh_author.workflow.gate.recording import KEY, LOG, audit
from soh_author.workflow.gate.refs import NOTHING, PUBLISHED_REF, RefUpdate
from soh_author.workflow.gate.refusals import GateLimits, Refusal
from soh_author.workflow.gate.remembering import FOLDER
from soh_author.workflow.gate.trees import judge_files

REFUSED = 5
"""What the hook's program ends with when it refuses."""

_PIN = "policyPin"

_ASK = """\
{python} -I -m soh_author.cli.gate_judge
code=$?
[ $code -eq 0 ] && exit 0
[ $code -eq {refused} ] || echo "The gate could not judge what you sent. Nothing was moved." >&2
exit 1
"""
_TELL = """\
{python} -I -m soh_author.cli.gate_record || echo "The gate could not write its log." >&2
exit 0
"""


@dataclass(frozen=True, slots=True)
class Installed:
    """A server that was set up: the pinned policy's hash, the log's public key, and the log's newest line."""

    folder: Path
    pin: str
    key: str
    head: str


def install(folder: Path, now: datetime, python: str, *, pin: str = "") -> Installed:
    """Set up the gate on a bare repository; doing it again mends what is missing.

    Args:
        folder: the repository.
        now: the moment, with its zone.
        python: the program that runs the hooks: this one's interpreter.
        pin: hash of the first policy; may be left out where the policy is in what is live.

    Raises:
        WorkspaceError: when the folder is no bare repository.
        UsageError: when no policy is known, or another one is pinned already.
        ContentError: when what is live holds files that the gate would never let in.
        OutputError: when somebody else's hook is there.
    """
    place = folder.resolve()
    served.check_bare(place)
    known = _pin_for(place, pin)
    scripts = {
        served.PRE_RECEIVE: _ASK.format(python=shlex.quote(python), refused=REFUSED),
        served.POST_RECEIVE: _TELL.format(python=shlex.quote(python)),
    }
    served.write_hooks(place, scripts)
    served.harden(place, {_PIN: known})
    key = find_key(place / FOLDER, KEY) or create_key(place / FOLDER, "soh-author gate", name=KEY)
    log = place / FOLDER / LOG
    head = ""
    if not log.exists():
        moves = tuple(Move(ref, NOTHING, tip) for ref, tip in sorted(served.all_refs(place).items()))
        signer = open_signer(key.path)
        try:
            head = append(log, Happened(INSTALLED, moves, now), signer, lambda: served.all_refs(place))
        except OSError as error:
            raise OutputError(f"The log “{log}” can't be written ({error.strerror}).") from error
    return Installed(place, known, key.line, head or audit(place).head)


def judge(
    folder: Path, lines: str, environment: Mapping[str, str], now: datetime, limits: GateLimits | None = None
) -> list[Refusal]:
    """What the hook asks before names move.

    Args:
        folder: the repository.
        lines: what git tells its hook: ``old new ref`` on each line.
        environment: the variables git gave its hook.
        now: the moment, with its zone.
        limits: how much is read, and for how long.
    """
    place = folder.resolve()
    served.check_bare(place)
    variables = quarantine_of(place, environment)
    pin = served.own_setting(place, _PIN)
    if not pin:
        text = "The gate was never set up here."
        return [Refusal("The server", text, "Run “soh-author gate install”.", "not-installed")]
    updates = read_updates(lines)
    found = judge_push(place, updates, now, pin=pin, variables=variables, limits=limits)
    if not found:
        served.clear_stale_locks(place, [update.ref for update in updates])
    return found


def read_updates(lines: str) -> list[RefUpdate]:
    """Read what git tells its hooks; a line that can't be read stands for a name nobody may move."""
    found: list[RefUpdate] = []
    for line in lines.splitlines():
        words = line.split(" ")
        is_whole = len(words) == 3 and all(len(word) == len(NOTHING) for word in words[:2])
        found.append(RefUpdate(words[2], words[0], words[1]) if is_whole else RefUpdate("", NOTHING, NOTHING))
    return found


def _pin_for(folder: Path, told: str) -> str:
    """The hash to pin: told, found in what is live, or pinned before; they have to agree."""
    pins = {pin for pin in (told, served.own_setting(folder, _PIN), _live_pin(folder)) if pin}
    if len(pins) > 1:
        raise UsageError(
            f"The policies don't agree: {' and '.join(sorted(pins))}.",
            safe="Nothing was changed.",
            todo="Find out which is the first policy, by telephone, before you go on.",
        )
    if not pins:
        raise UsageError(
            "There is no policy in what is live, and none was named.",
            safe="Nothing was changed.",
            todo="Name the first policy by its hash: “--policy sha256:…”. “soh-author policy show” tells it.",
        )
    return pins.pop()


def _live_pin(folder: Path) -> str:
    """Hash of the policy that is live, if it is the first; looks at every file of what is live."""
    with Incoming(folder) as incoming:
        tip = incoming.tip(PUBLISHED_REF)
        if not tip:
            return ""
        files = incoming.files(tip)
        found = judge_files(files)
        if found:
            raise ContentError(
                f"What is live holds what the gate would never let in. {found[0]}",
                safe="Nothing was changed.",
                todo="Take such files out, then set the gate up.",
            )
        if POLICY_PATH not in files:
            return ""
        blob = files[POLICY_PATH].blob
        data = incoming.texts([blob]).get(blob, b"")
    return policy_hash(data) if read_policy(data).version == 1 else ""
