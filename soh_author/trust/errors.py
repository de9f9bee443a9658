"""What can be wrong with keys and signatures."""

from soh_author.domain.errors import SohAuthorError


class BadSignatureError(SohAuthorError):
    """A signature that doesn't hold; ``reason`` says why, in a few words that follow *because*."""

    exit_code = 9
    help_page = "approvals"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"A signature doesn't hold, because {reason}.",
            safe="Nothing was changed.",
            todo="Ask the person to sign again.",
        )
        self.reason = reason


class KeyFileError(SohAuthorError):
    """A key that can't be used to sign: not there, not readable, of a kind we don't take."""

    exit_code = 9
    help_page = "approvals"
