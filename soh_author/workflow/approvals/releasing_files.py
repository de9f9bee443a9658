"""``releases/<id>.yml``: what went out, as a file in one form."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from soh_author.domain.errors import ContentError, NotFoundError
from soh_author.domain.ids import DraftName
from soh_author.domain.judging.approval import OutputMove, SignedRecord
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.release import OutputKey, Release, ReleaseKind
from soh_author.markup.yaml_reading import Yaml, read_yaml
from soh_author.markup.yaml_writing import emit
from soh_author.schema.checking import check
from soh_author.schema.releases import ReleaseFile
from soh_author.trust.moments import moment_text
from soh_author.workflow.snapshot import Snapshot

FOLDER = "releases/"
_SCHEMA = "1"
_FEW = 20
_NAME = re.compile(rb"[A-Za-z0-9][A-Za-z0-9/._-]*")
_SOURCE = r"- \{path: (?P<path>[\w./-]+), content: (?P<content>sha256:\w+|\"\")\}\n"
_OUTPUT = (
    r"- \{page: (?P<page>[\w/-]+), force: (?P<force>[\w-]+), language: (?P<language>\w+),"
    r" digest: (?P<digest>sha256:\w+|\"\")\}\n"
)
_WRITTEN = re.compile(
    r"(?P<head>(?:(?!sources:|outputs:)[^\n]*\n)+)(?:sources:\n(?P<sources>(?:- \{path: [^\n]*\n)+))?"
    r"(?:outputs:\n(?P<outputs>(?:- \{page: [^\n]*\n)+))?"
)
_ROWS = {"sources": re.compile(_SOURCE, re.ASCII), "outputs": re.compile(_OUTPUT, re.ASCII)}


def release_path(identity: str) -> str:
    """Where a release's file lies."""
    return f"{FOLDER}{identity}.yml"


def release_bytes(release: Release) -> bytes:
    """A release in its one form: one field a line, one output or file a line, in order."""
    lines = [f"{name}: {emit(value)}" for name, value in _head(release)]
    lines += _rows(
        "sources", ({"path": path, "content": release.sources[path]} for path in sorted(release.sources))
    )
    lines += _rows("outputs", (_output(key, release.outputs[key]) for key in sorted(release.outputs)))
    return ("\n".join(lines) + "\n").encode()


def read_release(path: str, data: bytes) -> Release:
    """Read what :func:`release_bytes` wrote.

    Raises:
        ContentError: when it was written otherwise: by hand, say.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _damaged(path, "it is not UTF-8") from error
    head, rows = _split(text)
    yaml = read_yaml(head, path)
    checked = check(ReleaseFile, {**yaml.value, **rows})
    faults = [*(each.message for each in yaml.diagnostics), *(fault.message for fault in checked.faults)]
    if faults or checked.value is None:
        raise _damaged(path, faults[0] if faults else "it can't be read")
    found = checked.value
    release = Release(
        id=found.id,
        kind=found.kind,
        publisher=found.publisher,
        when=found.time,
        note=found.note,
        drafts=tuple(found.drafts),
        outputs={(each.page, each.force, each.language): each.digest for each in found.outputs},
        template=found.templates,
        policy_version=int(found.policy_version),
        supersedes=found.supersedes,
        reason=found.reason,
        authors=tuple(found.authors),
        sources={each.path: each.content for each in found.sources},
        records=tuple(found.records),
        not_before=found.not_before,
    )
    if path != release_path(release.id):
        raise _damaged(path, f"it says that its id is “{release.id}”")
    if release_bytes(release) != data:
        raise _damaged(path, "it is not written in its one form")
    return release


def _split(text: str) -> tuple[str, dict[str, Yaml]]:
    """The rows of files and outputs, where they stand as they are written, and the text without them.

    There may be thousands, for which YAML takes seconds. Whoever asks writes the release again and compares:
    what could be read in two ways is refused.
    """
    written = _WRITTEN.fullmatch(text)
    rows: dict[str, Yaml] = {}
    for name, row in _ROWS.items():
        lines = written[name] if written else None
        if lines is not None:
            found: list[Yaml] = [
                {key: value.strip('"') for key, value in each.groupdict().items()}
                for each in row.finditer(lines)
            ]
            if len(found) != lines.count("\n"):
                return text, {}
            rows[name] = found
    return (written["head"], rows) if written and rows else (text, {})


def releases_of(snapshot: Snapshot) -> tuple[Release, ...]:
    """All releases that a state of the content tells of, the oldest first.

    Raises:
        ContentError: naming the file, when one of them can't be taken.
    """
    return tuple(sorted(_all(snapshot), key=lambda release: (release.when, release.id)))


def find_release(snapshot: Snapshot, identity: str) -> Release:
    """A release by its id.

    Raises:
        NotFoundError: when there is none.
        ContentError: when its file can't be taken.
    """
    path = release_path(identity)
    data = snapshot.sources.data(path)
    if data is None:
        raise NotFoundError(
            f"There is no release “{identity}” here.", todo="Look at “soh-author list releases”."
        )
    return _remembered(snapshot, path)


def live_since_of(snapshot: Snapshot, subjects: Iterable[str]) -> Mapping[str, datetime]:
    """When what is live of some files and outputs went live, by what records call it.

    Only releases in whose file a subject is named are read: the rest can't speak of it.

    Raises:
        ContentError: naming the file, when one of them can't be taken.
    """
    wanted = frozenset(subjects)
    names = {subject.partition(" · ")[0].encode() for subject in wanted}
    paths = [path for path in snapshot.sources.stamps if path.startswith(FOLDER)]
    texts = snapshot.sources.data_of(paths)
    naming = [_remembered(snapshot, path) for path in paths if _is_named(names, texts[path])]
    found = live_since(sorted(naming, key=lambda release: (release.when, release.id)))
    return {subject: when for subject, when in found.items() if subject in wanted}


def releases_of_draft(snapshot: Snapshot, draft: DraftName) -> tuple[Release, ...]:
    """The releases that name a draft; others are not read further than that.

    Raises:
        ContentError: naming the file, when one of them can't be taken.
    """
    paths = [path for path in snapshot.sources.stamps if path.startswith(FOLDER)]
    texts = snapshot.sources.data_of(paths)
    naming = (_remembered(snapshot, path) for path in paths if draft.encode() in texts[path])
    return tuple(release for release in naming if draft in release.drafts)


def restored_of(
    release: tuple[ReleaseKind, Policy],
    snapshot: Snapshot,
    moves: Iterable[OutputMove],
    records: Callable[[], Iterable[SignedRecord]],
) -> frozenset[str]:
    """The outputs (their subjects) that get back what an earlier release gave them or took from them.

    Only freezes ask, and only of roll-backs; for all others nothing is looked up.

    Args:
        release: what it calls itself, and the policy it is judged by.
        snapshot: what is live.
        moves: the outputs that change.
        records: reads those that are live: they tell what was there before the first release.

    Raises:
        ContentError: when a release can't be taken.
    """
    kind, policy = release
    if kind is not ReleaseKind.ROLL_BACK or not policy.freezes:
        return frozenset()
    wanted = {move.subject: move.new for move in moves}
    releases = releases_of(snapshot)
    given = {(subject_of(key), digest) for release in releases for key, digest in release.outputs.items()}
    taken = {
        (subject, move.old)
        for signed in records()
        for subject, move in signed.by_subject.items()
        if subject in wanted and (subject, move.new) in given
    }
    return frozenset(subject for subject, new in wanted.items() if (subject, new) in given | taken)


def _is_named(names: AbstractSet[bytes], data: bytes) -> bool:
    """Whether one of some names stands in a text; where there are many, as a word of its own."""
    if len(names) <= _FEW or not all(map(_NAME.fullmatch, names)):
        return any(name in data for name in names)
    return not names.isdisjoint(_NAME.findall(data))


def live_since(releases: Iterable[Release]) -> Mapping[str, datetime]:
    """When what is live of each file and each output went live, by what records call it; oldest first."""
    found: dict[str, datetime] = {}
    for release in releases:
        found.update(dict.fromkeys(release.sources, release.when))
        found.update(dict.fromkeys(map(subject_of, release.outputs), release.when))
    return found


def subject_of(key: OutputKey) -> str:
    """What records call an output."""
    page, force, language = key
    return f"{page} · {force} · {language}"


def _all(snapshot: Snapshot) -> list[Release]:
    paths = [path for path in snapshot.sources.stamps if path.startswith(FOLDER)]
    return [_remembered(snapshot, path) for path in paths]


def _remembered(snapshot: Snapshot, path: str) -> Release:
    sources = snapshot.sources
    key = ("release", path, sources.stamp(path))
    return sources.memory.recall(key, lambda: read_release(path, sources.data(path) or b""))


def _head(release: Release) -> Sequence[tuple[str, Yaml]]:
    moments = {"not_before": release.not_before}
    told: list[tuple[str, Yaml]] = [
        ("schema", _SCHEMA),
        ("id", release.id),
        ("kind", release.kind.value),
        ("time", moment_text(release.when)),
        ("publisher", release.publisher),
        ("note", release.note),
        ("reason", release.reason),
        ("supersedes", release.supersedes),
        *((name, moment_text(moment)) for name, moment in moments.items() if moment is not None),
        ("policy_version", str(release.policy_version)),
        ("templates", release.template),
        ("drafts", [str(draft) for draft in release.drafts]),
        ("authors", [str(author) for author in release.authors]),
        ("records", list(release.records)),
    ]
    return [(name, value) for name, value in told if value]


def _output(key: OutputKey, digest: str) -> dict[str, Yaml]:
    page, force, language = key
    return {"page": str(page), "force": str(force), "language": language.value, "digest": digest}


def _rows(name: str, rows: Iterable[dict[str, Yaml]]) -> list[str]:
    lines = [f"- {emit(row)}" for row in rows]
    return [f"{name}:", *lines] if lines else []


def _damaged(path: str, why: str) -> ContentError:
    return ContentError(
        f"“{path}” can't be taken as a release: {why.rstrip('.')}.",
        safe="Nothing was changed.",
        todo="Nobody may edit this file by hand; bring back what it was.",
    )
