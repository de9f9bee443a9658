"""What can be wrong with keys and signatures."""

from soh_author.domain.errors import SohAuthorError


class BadSignatureError(SohAuthorError):
    """A signature that doesn't hold; ``reason`` says why, in a few words that follow *because*."""

    exit_code = 9
    help_page = "reviewing"

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
    help_page = "reviewing"


class BadRecordError(SohAuthorError):
    """A record, or another file that is signed, that can't be taken; ``reason`` follows *because*."""

    exit_code = 9
    help_page = "reviewing"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"A signed file can't be taken, because {reason}.",
            safe="Nothing was changed.",
            todo="Ask the person who made it to make it again.",
        )
        self.reason = reason


class BadPolicyError(SohAuthorError):
    """A policy that can't be taken; ``reason`` follows *because*."""

    exit_code = 9
    help_page = "reviewing"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The policy can't be taken, because {reason}.",
            safe="The policy is as it was.",
            todo="Ask the policy's roots.",
        )
        self.reason = reason
