"""What can go wrong, said so that a person can act on it.

Every error tells three things: what happened, what is safe, and what to do next. Surfaces show the three as
they stand; nothing below a surface prints or logs them. A fault *in the text* of a page is no error but a
:class:`soh_author.domain.diagnostics.Diagnostic`.
"""


class SohAuthorError(Exception):
    """Base of every error a person can cause or meet.

    Args:
        what: what happened, one sentence naming the page, force or file.
        safe: what is unharmed, one sentence; empty when nothing was at risk.
        todo: what to do next, one sentence.
    """

    help_page = "troubleshooting"
    exit_code = 1

    def __init__(self, what: str, *, safe: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.todo = todo

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.todo) if part)


class InvalidNameError(SohAuthorError, ValueError):
    """A page id, section id, force, group, fact or draft name that breaks the naming rules."""

    exit_code = 2


class UsageError(SohAuthorError):
    """The request itself makes no sense: arguments that exclude each other, an empty note."""

    exit_code = 2


class NotFoundError(SohAuthorError):
    """A page, force, draft or version that does not exist here."""

    exit_code = 3


class WorldMovedError(SohAuthorError):
    """Somebody else changed the same thing since it was read; nothing was written."""

    exit_code = 4


class OvertakenError(WorldMovedError):
    """Two windows wrote in one text of a draft, and the other one saved its version first."""


class ContentError(SohAuthorError):
    """Content has faults that forbid the step; the diagnostics tell which."""

    exit_code = 5


class WorkspaceError(SohAuthorError):
    """The folder is no workspace, or an empty, foreign, shallow or damaged one."""

    exit_code = 6


class DamagedError(WorkspaceError):
    """Stored versions are missing or damaged, and the workspace can be repaired.

    Args:
        what: what can't be read, one sentence.
        safe: as of every error.
    """

    def __init__(self, what: str, *, safe: str = "Nothing was changed.") -> None:
        todo = (
            "Repair the workspace (in Welcome, or “soh-author repair”): what is missing comes from its"
            " origin, and your drafts stay."
        )
        super().__init__(what, safe=safe, todo=todo)


class NetworkError(SohAuthorError):
    """The origin cannot be reached, or refuses us."""

    exit_code = 7


class OfflineError(NetworkError):
    """No connection: the origin's computer can't be found or does not answer."""


class UnsureError(OfflineError):
    """The connection was lost while something was sent: it isn't known whether the origin took it."""


class SignInError(NetworkError):
    """The origin wants to know who we are, and does not accept what it was told."""


class CertificateError(NetworkError):
    """The origin could not prove that it is the computer it claims to be."""


class RefusedError(NetworkError):
    """The origin was reached, knows us, and refused what was sent; its own words are in ``what``."""


class OutputError(SohAuthorError):
    """A file or folder outside the workspace cannot be written: full disk, no permission."""

    exit_code = 8


class NotAllowedError(SohAuthorError):
    """The policy doesn't let this person do this, or not yet; ``what`` names the rule, ``todo`` who could."""

    exit_code = 10
    help_page = "reviewing"


class Cancelled(Exception):  # noqa: N818 - it is no error: a person pressed Cancel
    """A task was cancelled by a person; everything is as it was before."""
