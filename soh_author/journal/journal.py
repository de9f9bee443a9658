"""The journal: every key a person types is in here a moment later, and stays until it is in a version."""

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from soh_author.domain.errors import NotFoundError, WorldMovedError
from soh_author.journal.database import Database, unwritable
from soh_author.journal.entries import DiscardedText, JournalEntry
from soh_author.journal.sessions import Session, is_alive

KEPT = timedelta(days=30)

Row = tuple[str, str, bytes, bytes | None, str | None, str, str]


class Journal:
    """One window's hold on the journal of a workspace; safe to use from several threads.

    Windows never touch one another's texts: each writes under its own session. What a window left behind when
    it was closed belongs to the next one that opens; what a window left when it died is offered as
    *recovered*.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        """Open, or make, the journal at ``path``; where nothing can be written it can still be read.

        Raises:
            OutputError: when it can't be opened, not even for reading.
            WorkspaceError: when a newer program wrote it.
        """
        self._path = path
        self._database = Database(path)
        try:
            self._session = Session(None if self._database.is_borrowed else path)
        except sqlite3.Error as error:
            self._database.close()
            raise unwritable(path, error) from error
        self._forget_old(now)
        self._take_over_closed()
        self._take_over_saved(now)
        self._database.seal()

    @property
    def notice(self) -> str:
        """What the person must be told, if anything: one or two sentences."""
        return self._database.notice

    @property
    def session(self) -> str:
        """Name of this window's session."""
        return self._session.name

    def close(self) -> None:
        """Close the window's hold; its texts wait for the next window."""
        try:
            if not self._database.is_borrowed:
                self._database.write("INSERT OR IGNORE INTO closed_sessions VALUES (?)", self.session)
        finally:
            self._database.close()
            self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing ---

    def record_unsaved(
        self, draft: str, path: str, text: str, *, base_blob: str | None, when: datetime
    ) -> None:
        """Keep what was typed. Survives a crash of the program at once, a power cut after a moment."""
        values = (draft, path, _bytes(text), base_blob, _moment(when), self.session)
        self._database.write(
            "INSERT INTO entries (draft, path, text, base_blob, changed, session) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET text = excluded.text, base_blob = excluded.base_blob,"
            " changed = excluded.changed",
            *values,
            durable=False,
        )

    def save(self, draft: str, path: str, text: str, *, base_blob: str | None, when: datetime) -> None:
        """Save privately. On the disk when this returns."""
        data = _bytes(text)
        self._database.write(
            "INSERT OR REPLACE INTO entries (draft, path, text, saved_text, base_blob, changed, session)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(draft, path, data, data, base_blob, _moment(when), self.session),
        )

    def clear(
        self, draft: str, written: Mapping[str, str], new_bases: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Forget texts that are in a version now.

        Args:
            written: each path's text as it went into the version. Where more was typed meanwhile, the entry
                stays.
            new_bases: ids of those paths' bytes in the new version; entries that stay are based on them.

        Returns:
            Paths whose entries stay because their text is newer.
        """

        def step(run: sqlite3.Connection) -> tuple[str, ...]:
            return tuple(
                path
                for path, text in written.items()
                if self._clear_one(
                    run, (draft, path, self.session), _bytes(text), (new_bases or {}).get(path)
                )
            )

        return self._database.transaction(step)

    @staticmethod
    def _clear_one(run: sqlite3.Connection, key: tuple[str, str, str], data: bytes, base: str | None) -> bool:
        """Forget one text; tell whether a newer one stays."""
        run.execute(
            "DELETE FROM entries WHERE draft = ? AND path = ? AND session = ? AND text = ?", (*key, data)
        )
        kept = run.execute(
            "UPDATE entries SET saved_text = nullif(saved_text, ?), base_blob = coalesce(?, base_blob)"
            " WHERE draft = ? AND path = ? AND session = ?",
            (data, base, *key),
        )
        return kept.rowcount > 0

    def discard(self, draft: str, path: str, when: datetime) -> None:
        """Throw this window's text away; a copy is kept for 30 days, see :meth:`recently_discarded`."""
        key = (draft, path, self.session)
        self._database.transaction(lambda run: _to_discarded(run, key, when))

    def discard_recovered(self, entry: JournalEntry, when: datetime) -> None:
        """Throw a recovered text away; a copy is kept for 30 days."""
        key = (entry.draft, entry.path, entry.session)
        self._database.transaction(lambda run: _to_discarded(run, key, when))

    def adopt(self, entry: JournalEntry, when: datetime) -> JournalEntry:
        """Take a recovered entry over as this window's; a text of its own goes to the discarded ones.

        Raises:
            WorldMovedError: when another window took it, or the window it belongs to is open after all.
        """
        if entry.session != self.session and is_alive(self._path, entry.session):
            raise _taken(entry)
        own = (entry.draft, entry.path, self.session)

        def step(run: sqlite3.Connection) -> None:
            _to_discarded(run, own, when)
            moved = run.execute(
                "UPDATE entries SET session = ? WHERE draft = ? AND path = ? AND session = ?",
                (self.session, entry.draft, entry.path, entry.session),
            )
            if not moved.rowcount:
                raise _taken(entry)

        self._database.transaction(step)
        return self._required(entry.draft, entry.path)

    def restore(self, discarded: DiscardedText, when: datetime, *, draft: str = "") -> JournalEntry:
        """Bring a discarded text back as unsaved text of this window, in its draft or another one.

        Raises:
            WorldMovedError: when this window has newer text for that file.
        """
        draft = draft or discarded.draft
        if self.entry(draft, discarded.path) is not None:
            raise WorldMovedError(
                f"“{discarded.path}” has newer unsaved text.",
                safe="Both texts are kept.",
                todo="Save or discard the newer text first.",
            )
        base = discarded.base_blob
        self.record_unsaved(draft, discarded.path, discarded.text, base_blob=base, when=when)
        self._database.write("DELETE FROM discarded WHERE number = ?", discarded.number)
        return self._required(draft, discarded.path)

    def restore_saved(self, discarded: DiscardedText, when: datetime) -> None:
        """Bring a discarded text back as saved here, or as typed above what is saved here already."""
        draft, path, base = discarded.draft, discarded.path, discarded.base_blob
        keep = self.save if self.entry(draft, path) is None else self.record_unsaved
        keep(draft, path, discarded.text, base_blob=base, when=when)
        self._database.write("DELETE FROM discarded WHERE number = ?", discarded.number)

    # --- reading ---

    def entry(self, draft: str, path: str) -> JournalEntry | None:
        """This window's text of one file, if it is in no version yet."""
        return next((entry for entry in self.entries(draft) if entry.path == path), None)

    def entries(self, draft: str | None = None) -> list[JournalEntry]:
        """This window's texts, of one draft or of all, in order of draft and path."""
        return [entry for entry in self._all(draft) if entry.session == self.session]

    def elsewhere(self, draft: str | None = None) -> list[JournalEntry]:
        """Texts being written in other open windows; the same file there and here is a conflict to tell."""
        return [entry for entry in self._of_others(draft) if is_alive(self._path, entry.session)]

    def recovered(self) -> list[JournalEntry]:
        """Texts of windows that died, newest first; :meth:`adopt` or :meth:`discard_recovered` each."""
        found = [entry for entry in self._of_others(None) if not is_alive(self._path, entry.session)]
        return sorted(found, key=lambda entry: entry.changed, reverse=True)

    def recently_discarded(self) -> list[DiscardedText]:
        """Texts thrown away and still kept, newest first."""
        rows: list[tuple[int, str, str, bytes, str | None, str]] = self._database.query(
            "SELECT number, draft, path, text, base_blob, moment FROM discarded ORDER BY number DESC"
        )
        return [
            DiscardedText(number, draft, path, _text(text), base, datetime.fromisoformat(moment))
            for number, draft, path, text, base, moment in rows
        ]

    # --- inner steps ---

    def _all(self, draft: str | None) -> list[JournalEntry]:
        rows: list[Row] = self._database.query(
            "SELECT draft, path, text, saved_text, base_blob, changed, session FROM entries"
            " WHERE draft = coalesce(?, draft) ORDER BY draft, path, changed",
            draft,
        )
        return [_entry(row) for row in rows]

    def _of_others(self, draft: str | None) -> list[JournalEntry]:
        return [entry for entry in self._all(draft) if entry.session != self.session]

    def _required(self, draft: str, path: str) -> JournalEntry:
        entry = self.entry(draft, path)
        if entry is None:
            raise NotFoundError(f"“{path}” has no unsaved text.")
        return entry

    def _forget_old(self, now: datetime) -> None:
        self._database.write("DELETE FROM discarded WHERE moment < ?", _moment(now - KEPT), durable=False)

    def _take_over_saved(self, now: datetime) -> None:
        """What a window that died had saved goes on, unless more was typed: there is nothing to decide."""
        for entry in self.recovered():
            if not entry.is_unsaved and self.entry(entry.draft, entry.path) is None:
                with suppress(WorldMovedError):  # another window that opens now was faster
                    self.adopt(entry, now)

    def _take_over_closed(self) -> None:
        """Texts of windows that were closed properly go on in this one, the newest of each file."""

        def step(run: sqlite3.Connection) -> None:
            run.execute(
                "UPDATE OR IGNORE entries SET session = ?"
                " WHERE session IN (SELECT session FROM closed_sessions) AND changed = (SELECT max(o.changed)"
                " FROM entries AS o WHERE o.draft = entries.draft AND o.path = entries.path)",
                (self.session,),
            )
            run.execute("DELETE FROM closed_sessions WHERE session NOT IN (SELECT session FROM entries)")

        self._database.transaction(step)


def _to_discarded(run: sqlite3.Connection, key: tuple[str, str, str], when: datetime) -> None:
    """Move an entry to the discarded texts: what was saved, if that differs, and above it what was typed."""
    run.execute(
        "INSERT INTO discarded (draft, path, text, base_blob, moment)"
        " SELECT draft, path, saved_text, base_blob, ? FROM entries"
        " WHERE draft = ? AND path = ? AND session = ? AND saved_text <> text",
        (_moment(when), *key),
    )
    run.execute(
        "INSERT INTO discarded (draft, path, text, base_blob, moment)"
        " SELECT draft, path, text, base_blob, ? FROM entries"
        " WHERE draft = ? AND path = ? AND session = ?",
        (_moment(when), *key),
    )
    run.execute("DELETE FROM entries WHERE draft = ? AND path = ? AND session = ?", key)


def _bytes(text: str) -> bytes:
    # A text box can hold half a character pair; it must come back as it was.
    return text.encode("utf-8", "surrogatepass")


def _moment(when: datetime) -> str:
    # One zone and one width, so that SQLite compares moments as text.
    assert when.tzinfo is not None, "the journal's times know their zone"
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _entry(row: Row) -> JournalEntry:
    draft, path, text, saved, base, changed, session = row
    saved_text = None if saved is None else _text(saved)
    return JournalEntry(draft, path, _text(text), saved_text, base, datetime.fromisoformat(changed), session)


def _taken(entry: JournalEntry) -> WorldMovedError:
    return WorldMovedError(
        f"Another window has “{entry.path}” open or took its text over.",
        safe="The text is kept there.",
        todo="Look at the other window.",
    )
