"""The receipt of a release: what went out, digest by digest, and who wrote, approved and published it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from soh_author.domain.days import moment_in_words
from soh_author.domain.ids import PersonId
from soh_author.domain.judging.release import Release
from soh_author.trust.moments import moment_text
from soh_author.workflow.approvals.releasing_files import find_release, releases_of
from soh_author.workflow.release.auditing import Audit, Entry, Wanted, audit_of
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:5px 8px;"
    "text-align:left;vertical-align:top}code{font-size:.8em;overflow-wrap:anywhere}"
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A release for the files of an office, as JSON for programs and HTML for people."""

    release: Release
    audit: Audit
    revision: str

    def as_data(self) -> Mapping[str, Json]:
        """All of it for programs."""
        release = self.release
        return {
            "release": release.id,
            "kind": release.kind.value,
            "time": moment_text(release.when),
            "version": self.revision,
            "note": release.note,
            "reason": release.reason,
            "supersedes": release.supersedes,
            "not_before": moment_text(release.not_before) if release.not_before else None,
            "publisher": self.audit.name(release.publisher),
            "policy_version": release.policy_version,
            "templates": release.template,
            "drafts": list(release.drafts),
            "records": list(release.records),
            "sources": [{"path": path, "content": name} for path, name in sorted(release.sources.items())],
            "outputs": [self._output(entry) for entry in self.audit.entries],
        }

    def as_json(self) -> str:
        """All of it as a text in JSON."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=2) + "\n"

    def as_html(self) -> str:
        """All of it as one page that needs nothing else."""
        release = self.release
        facts = [
            ("Release", release.id),
            ("Kind", release.kind.value),
            ("Published", f"{moment_in_words(release.when)} (universal time)"),
            ("Not before", f"{moment_in_words(due)} (universal time)" if (due := release.not_before) else ""),
            ("Published by", self.audit.name(release.publisher)),
            ("Note", release.note),
            ("Reason", release.reason),
            ("Takes back", release.supersedes),
            ("Drafts", ", ".join(release.drafts)),
            ("Policy", f"version {release.policy_version}"),
            ("Templates", release.template),
            ("Version", self.revision),
        ]
        head = "".join(
            f"<tr><th scope='row'>{escape(name)}</th><td>{escape(said)}</td></tr>"
            for name, said in facts
            if said
        )
        rows = "".join(self._row(entry) for entry in self.audit.entries)
        names = ("Page", "Force", "Language", "Written by", "Approved by", "Facts checked by", "Digest")
        files = ((path, name or "taken away") for path, name in sorted(release.sources.items()))
        title = escape(f"Receipt of {release.id}")
        return (
            f"<!DOCTYPE html>\n<html lang='en-GB'><head><meta charset='utf-8'><title>{title}</title>"
            f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n<table cellpadding='4'>{head}</table>\n"
            f"<h2>Every published page that changed</h2>\n{_table(names, rows)}\n"
            f"<h2>Every file that changed</h2>\n{_table(('File', 'Content'), _coded(files))}\n"
            f"<h2>The signed records that it counts on</h2>\n"
            f"{_table(('Record',), _coded((each,) for each in release.records))}</body></html>\n"
        )

    def _row(self, entry: Entry) -> str:
        authors, approvers, checkers = map(self._names, (entry.authors, entry.approvers, entry.checkers))
        approved = approvers or self.audit.emergency(entry)
        cells = (entry.page, entry.force, entry.language.label, authors, approved, checkers)
        said = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        return f"<tr>{said}<td><code>{escape(entry.digest or 'taken away')}</code></td></tr>\n"

    def _names(self, people: Sequence[PersonId]) -> str:
        return ", ".join(map(self.audit.name, people))

    def _output(self, entry: Entry) -> Mapping[str, Json]:
        return {
            "page": entry.page,
            "force": entry.force,
            "language": entry.language.value,
            "digest": entry.digest,
            "written_by": [self.audit.name(person) for person in entry.authors],
            "approved_by": [self.audit.name(person) for person in entry.approvers],
            "facts_checked_by": [self.audit.name(person) for person in entry.checkers],
            "emergency": self.audit.emergency(entry),
        }


def _table(names: Sequence[str], rows: str) -> str:
    columns = "".join(f"<th scope='col'>{name}</th>" for name in names)
    return f"<table cellpadding='4'><thead><tr>{columns}</tr></thead><tbody>\n{rows}</tbody></table>"


def _coded(rows: Iterable[Sequence[str]]) -> str:
    cells = ("".join(f"<td><code>{escape(cell)}</code></td>" for cell in row) for row in rows)
    return "".join(f"<tr>{row}</tr>\n" for row in cells)


def receipt(workspace: Workspace, identity: str) -> Task[Receipt]:
    """The receipt of a release; it can be made again at any time.

    Raises (when run):
        NotFoundError: when there is no such release.
    """

    def work(_progress: Progress) -> Outcome[Receipt]:
        live = workspace.snapshot()
        release = find_release(live, identity)
        revision = workspace.store.resolve(f"releases/{identity}")
        return Outcome(Receipt(release, audit_of(live, Wanted(release=identity)), str(revision)))

    return Task("Writing the receipt", work)


def list_releases(workspace: Workspace) -> Task[tuple[Release, ...]]:
    """Everything that went out, the latest first.

    Raises (when run):
        ContentError: when a release's file was written by hand.
    """

    def work(_progress: Progress) -> Outcome[tuple[Release, ...]]:
        return Outcome(releases_of(workspace.snapshot())[::-1])

    return Task("Looking up the releases", work)
