"""Names people and callers use, checked and turned into git's names."""

import re

from soh_author.domain.errors import InvalidNameError
from soh_author.domain.ids import DraftName

PUBLISHED = "published"
DRAFTS = "drafts/"
_SHA = re.compile(r"[0-9a-f]{4,40}")
# A subset of what git allows (git-check-ref-format), with nothing that git reads as an option or an
# expression.
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*(?:/[A-Za-z0-9][A-Za-z0-9._+-]*)*")
_TAG = re.compile(r"(?:releases/)?[A-Za-z0-9][A-Za-z0-9._+-]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Names that git's own checker refuses in trees, because some file system would take them for `.git`.
_GIT_FOLDER = re.compile(r"\.git|git~\d+", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
LONGEST_PATH = 1000
DEEPEST_PATH = 40


def branch_ref(branch: str) -> str:
    """Full ref of ``published`` or ``drafts/<name>``.

    Raises:
        InvalidNameError: for any other name.
    """
    if branch != PUBLISHED:
        if not branch.startswith(DRAFTS):
            raise InvalidNameError(f"“{branch[:60]}” is neither “published” nor a draft.")
        DraftName(branch.removeprefix(DRAFTS))
    return f"refs/heads/{branch}"


def draft_name(branch: str) -> DraftName:
    """Name of the draft ``drafts/<name>``.

    Raises:
        InvalidNameError: for what is live, and for any other name.
    """
    branch_ref(branch)
    if branch == PUBLISHED:
        raise InvalidNameError("What is live is no draft.", safe="Nothing was changed.")
    return DraftName(branch.removeprefix(DRAFTS))


def is_branch(branch: str) -> bool:
    """Whether a name is ``published`` or a draft's."""
    return branch == PUBLISHED or (
        branch.startswith(DRAFTS) and DraftName.is_valid(branch.removeprefix(DRAFTS))
    )


def tag_ref(name: str) -> str:
    """Full ref of a release's name.

    Raises:
        InvalidNameError: for a name that could be read as anything else.
    """
    if len(name) > 100 or not _TAG.fullmatch(name) or ".." in name or name.endswith((".lock", ".")):
        raise InvalidNameError(f"“{name[:60]}” can't be the name of a release.")
    return f"refs/tags/{name}"


def branch_words(branch: str) -> str:
    """The branch as a sentence names it: ``the draft “april-fees”``, ``what is live``."""
    if branch == PUBLISHED:
        return "what is live"
    kind = "release" if branch.startswith("tags/") else "draft"
    return f"the {kind} “{branch.partition('/')[2]}”"


def candidates(name: str) -> tuple[str, ...]:
    """Git expressions to try, in order, for a name a person or caller gave.

    Raises:
        InvalidNameError: when the name could be read as an option or an expression.
    """
    if len(name) == 40 and _SHA.fullmatch(name):
        return (f"{name}^{{commit}}",)
    if len(name) > 200 or not _REF.fullmatch(name) or ".." in name or name.endswith(".lock"):
        raise InvalidNameError(f"“{name[:60]}” can't be the name of a version, draft or release.")
    refs = (f"refs/heads/{name}", f"refs/tags/{name}", f"refs/remotes/{name}", f"refs/{name}")
    words = (*refs, name) if _SHA.fullmatch(name) else refs
    return tuple(f"{word}^{{commit}}" for word in words)


def check_path(path: str) -> None:
    """Refuse paths that no file of a content repository may have.

    Raises:
        InvalidNameError: for absolute paths, dots, control characters, backslashes and whatever some system
            reads as the folder ``.git``.
    """
    parts = path.split("/")
    bad = (
        len(path) > LONGEST_PATH
        or len(parts) > DEEPEST_PATH
        or "\\" in path
        or _CONTROL.search(path) is not None
        or any(not _is_portable(part) for part in parts)
    )
    if bad:
        raise InvalidNameError(
            f"“{_CONTROL.sub('?', path)[:80]}” can't be the name of a file in the workspace.",
            todo="Use letters, digits, dots and hyphens, and / between folders.",
        )


def _is_portable(part: str) -> bool:
    if part in {"", ".", ".."}:
        return False
    try:
        part.encode("utf-8")
    except UnicodeEncodeError:
        return False
    seen = _INVISIBLE.sub("", part).rstrip(" .").partition(":")[0]
    return not _GIT_FOLDER.fullmatch(seen)
