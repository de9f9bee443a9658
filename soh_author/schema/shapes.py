"""Shapes of texts that several kinds of records have: moments, digests, ids."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import PlainValidator

from soh_author.schema.fields import refuse, text_of, words

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_DIGEST = re.compile(r"(?:sha256:[0-9a-f]{64})?")
_RECORD_ID = re.compile(r"(?:[0-9a-f]{64})?")
_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_NONCE = re.compile(r"[0-9a-f]{32,64}")


def _read_moment(value: object) -> datetime:
    text = text_of(value)
    if not _MOMENT.fullmatch(text):
        refuse("there must be a moment, like 2026-11-22T17:30:00Z.")
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        refuse(f"there is no moment “{text}”.")


def shaped(pattern: re.Pattern[str], what: str) -> PlainValidator:
    """Accepts texts of a pattern; ``what`` tells what else must stand there."""

    def read(value: object) -> str:
        text = text_of(value)
        if not pattern.fullmatch(text):
            refuse(f"there must be {what}.")
        return text

    return PlainValidator(read)


Moment = Annotated[
    datetime, PlainValidator(_read_moment), words(format="date-time", pattern=f"^{_MOMENT.pattern}$")
]
Digest = Annotated[
    str,
    shaped(_DIGEST, "sha256: and 64 digits from 0 to f, or nothing"),
    words(pattern=f"^{_DIGEST.pattern}$"),
]
RecordId = Annotated[
    str, shaped(_RECORD_ID, "64 digits from 0 to f, or nothing"), words(pattern=f"^{_RECORD_ID.pattern}$")
]
Id = Annotated[
    str,
    shaped(_ID, "an id of lower-case letters, digits, hyphens and dots"),
    words(pattern=f"^{_ID.pattern}$"),
]
Nonce = Annotated[str, shaped(_NONCE, "32 to 64 digits from 0 to f"), words(pattern=f"^{_NONCE.pattern}$")]
