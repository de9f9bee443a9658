"""What git says when a connection fails, told apart and said in our words."""

import re

from soh_author.domain.errors import (
    CertificateError,
    NetworkError,
    OfflineError,
    RefusedError,
    SignInError,
    SohAuthorError,
    UnsureError,
    WorkspaceError,
    WorldMovedError,
)
from soh_author.gitstore.addresses import Address

_SAFE = "Everything here is kept, and can be worked on without a connection."

_NAMES = re.compile(r"'[^'\n]*'|\brefs/\S+")
_DOTTED_HOST = re.compile(r"([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?=[:/]|$)")
# Sentences of git, curl (OpenSSL, GnuTLS, Schannel) and OpenSSH under LC_ALL=C. The order matters: git adds
# "the remote end hung up" to most other failures.
_CERTIFICATE = re.compile(
    r"certificate|Host key verification failed|HOST IDENTIFICATION HAS CHANGED|SEC_E_UNTRUSTED_ROOT|CERT_"
    r"|no matching host key",
    re.IGNORECASE,
)
_OTHER_KEY = re.compile(r"IDENTIFICATION HAS CHANGED|no matching host key")
_ASK_WHY = "Ask your IT team: is the network inspecting its traffic, or did the origin's key change?"
_ASK_FOR_KEY = (
    "This computer has not met it before. Ask your IT team to make the origin's key known to this computer,"
    " and try again."
)
_SIGN_IN = re.compile(
    r"Authentication failed|could not read (Username|Password)|terminal prompts disabled|Permission denied"
    r"|returned error: 401|Access denied|Too many authentication failures|logon failed",
    re.IGNORECASE,
)
_NOT_YOURS = re.compile(r"detected dubious ownership")
_UNKNOWN = re.compile(
    r"returned error: 404|[Rr]epository .*not found|does not appear to be a git repository"
    r"|not a git repository|not valid: is this a git repository"
)
_REFUSED = re.compile(
    r"returned error: (403|429)|remote rejected|hook declined|is not allowed|not permitted|protected branch"
)
_MOVED = re.compile(r"non-fast-forward|fetch first|stale info|failed to update ref|cannot lock ref")
_OFFLINE = re.compile(
    r"[Cc]ould not resolve|Name or service not known|Temporary failure in name resolution|Connection refused"
    r"|timed out|unreachable|No route to host|[Ff]ailed to connect|[Cc]ouldn't connect|unable to connect"
    r"|Connection reset|Recv failure|Send failure|transfer closed|too slow|Connection closed|kex_exchange"
    r"|Connection to \S* ?closed by remote host|unexpected disconnect"
    r"|TLS connection|SSL_ERROR_SYSCALL|early EOF"
    r"|hung up unexpectedly|Empty reply|returned error: 5\d\d|Broken pipe|HTTP/2 stream",
)
_NEVER_MET = re.compile(
    r"[Cc]ould not resolve|Name or service not known|Temporary failure in name resolution|Connection refused"
    r"|unreachable|No route to host|[Ff]ailed to connect|[Cc]ouldn't connect|unable to connect"
    r"|connect to host",
)
"""The two never spoke to each other, so that nothing can have been taken."""
_LOST_RACE = re.compile(
    r"remote: error: cannot lock ref '[^']*': (is at \w+ but expected \w+|reference already exists)"
)
"""The origin's git, not its checks: another push was between our look and our turn."""
_EMPTY_WORDS = ("Please make sure you have the correct access rights", "and the repository exists")
_SHALLOW = re.compile(r"shallow", re.IGNORECASE)
_TAGS = re.compile(r"would clobber existing tag")
_BROKEN = re.compile(
    r"fsck error|fsck-objects|bad object|missing|unable to read|index-pack|did not receive expected"
    r"|not our ref|unpack|corrupt|did not send all necessary objects"
    r"|remote error: upload-pack|mismatched algorithms",
    re.IGNORECASE,
)


def network_error(text: str, address: Address) -> SohAuthorError:
    """The error for what git said when it talked to ``address``.

    What the origin says in its own words, and names that people chose, are only looked at where git's words
    tell nothing: a page about firearms certificates is no certificate.
    """
    where = f"“{address}”"
    plain = _without_names(text, address)
    return (
        _no_trust(plain, where)
        or _refusal(plain, where, said=spoken_by_origin(text))
        or _failure(plain, where)
        or _no_trust(text, where)
        or _refusal(text, where, said=spoken_by_origin(text))
        or _unheard_of(text, where)
    )


def sending_error(text: str, address: Address) -> SohAuthorError:
    """As :func:`network_error`, for what was being sent: where they had met, it may have been taken."""
    error = network_error(text, address)
    if type(error) not in {OfflineError, NetworkError} or _NEVER_MET.search(_without_names(text, address)):
        return error
    return UnsureError(
        f"The connection to “{address}” was lost while something was sent.",
        safe=f"It may or may not have arrived. {_SAFE}",
        todo="Get the latest when you are connected: it tells what arrived.",
    )


def _without_names(text: str, address: Address) -> str:
    """Git's own words: without what the origin's checks said, and names of places, drafts and computers."""
    lines = [line for line in text.splitlines() if not line.startswith("remote:") or _LOST_RACE.match(line)]
    bare = _NAMES.sub("''", "\n".join(lines).replace(address.text, ""))
    host = _DOTTED_HOST.search(address.text)
    return bare.replace(host[1], "") if host else bare


def _no_trust(text: str, where: str) -> SohAuthorError | None:
    """The error where one of the two doesn't know the other."""
    if _CERTIFICATE.search(text):
        has_changed = _OTHER_KEY.search(text) or "Host key" not in text
        return CertificateError(
            f"{where} could not prove that it is the computer it claims to be.",
            safe=f"Nothing was sent. {_SAFE}",
            todo=_ASK_WHY if has_changed else _ASK_FOR_KEY,
        )
    if _SIGN_IN.search(text):
        return SignInError(
            f"{where} does not know you: you are not signed in, or your key is not accepted.",
            safe=_SAFE,
            todo="Sign in or unlock your key, and try again; if that fails, ask who looks after the origin.",
        )
    return None


def _refusal(text: str, where: str, *, said: str) -> SohAuthorError | None:
    """The error where the origin answered, and won't have it; ``said``: its own words."""
    if _NOT_YOURS.search(text):
        return RefusedError(
            f"{where} belongs to another person's account on this computer or network drive.",
            safe=f"Nothing was changed there. {_SAFE}",
            todo="Use the address that your team sends its work to, or ask who looks after the folder.",
        )
    if _UNKNOWN.search(text):
        return RefusedError(
            f"{where} holds no content repository, or does not show it to you.",
            safe=_SAFE,
            todo="Check the address, and that you were given access.",
        )
    if _MOVED.search(text):
        return WorldMovedError(
            "Somebody else sent their work to the origin first.",
            safe="Nothing was sent, and your work is kept here.",
            todo="Get the latest, then send again.",
        )
    if _REFUSED.search(text):
        return RefusedError(
            f"{where} refused: {said}" if said else f"{where} refused what was sent.",
            safe=f"Nothing was changed there. {_SAFE}",
            todo="Read the reason; put it right, or ask who looks after the origin.",
        )
    return None


def _failure(text: str, where: str) -> SohAuthorError | None:
    if _TAGS.search(text):
        return WorkspaceError(
            f"{where} changed a release after it was published.",
            safe="Nothing was taken over.",
            todo="Tell who looks after the origin before you go on.",
        )
    if _SHALLOW.search(text):
        return WorkspaceError(
            f"{where} is an incomplete copy: its older versions were left out.",
            safe="Nothing was changed.",
            todo="Use the address of the complete repository.",
        )
    if _OFFLINE.search(text) and not re.search(r"fsck error|missing (blob|tree|commit)", text):
        return OfflineError(
            f"{where} can't be reached.", safe=_SAFE, todo="Try again when you are connected."
        )
    if _BROKEN.search(text):
        return WorkspaceError(
            f"{where} holds damaged or forbidden data, so nothing was taken from it.",
            safe="Nothing was changed.",
            todo="Tell who looks after the origin: it needs “git fsck”.",
        )
    return None


def _unheard_of(text: str, where: str) -> SohAuthorError:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(_EMPTY_WORDS)]
    last = lines[-1] if lines else "no reason given"
    return NetworkError(
        f"The exchange with {where} failed ({last.strip()[:200]}).", safe=_SAFE, todo="Try again."
    )


def spoken_by_origin(text: str) -> str:
    """What the origin's own checks said, without the letters git puts before each line."""
    lines = [line.removeprefix("remote:").strip() for line in text.splitlines() if line.startswith("remote:")]
    return " ".join(line for line in lines if line)[:2000]
