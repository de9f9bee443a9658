"""Values as YAML on one line, so that this program and every other YAML reader see the same."""

import re
from functools import lru_cache

from soh_author.markup.yaml_reading import Yaml

# Begins and ends with nothing that means something in YAML, and holds neither “: ” nor “ #”.
_PLAIN = re.compile(r"[^\W_](?:[^:#]|:(?=\S)|(?<=\S)#)*", re.DOTALL)
_IN_FLOW = re.compile(r"[,\[\]{}]")
_ODD = re.compile("[\x00-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffe\uffff]")
# What other readers take for a number, a time or a truth value. Dates, true and false are written bare.
_NOT_TEXT = re.compile(
    r"[-+.]?[0-9][0-9_,.:]*(?:[eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+|y|n|yes|no|on|off|null|~|true|false",
    re.IGNORECASE,
)
_SAME_TO_ALL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|true|false")
# Paths, ids with a folder and digests: nothing below could find fault with them.
_SURELY_BARE = re.compile(r"[a-z]+[0-9]*[:/][a-z0-9/._-]*[a-z0-9]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')


def emit(value: Yaml, *, in_flow: bool = False) -> str:
    """Write a value on one line.

    Args:
        value: texts, lists and mappings.
        in_flow: whether it will stand between brackets, where a comma means something.
    """
    if isinstance(value, str):
        return _emit_text(value, in_flow=in_flow)
    if isinstance(value, list):
        return f"[{', '.join(emit(item, in_flow=True) for item in value)}]"
    pairs = (f"{_emit_text(key, in_flow=True)}: {emit(item, in_flow=True)}" for key, item in value.items())
    return f"{{{', '.join(pairs)}}}"


def _emit_text(text: str, *, in_flow: bool) -> str:
    return text if _SURELY_BARE.fullmatch(text) else _emit_checked(text, in_flow=in_flow)


# Files with thousands of rows write the same few names again and again.
@lru_cache(maxsize=4096)
def _emit_checked(text: str, *, in_flow: bool) -> str:
    return text if _may_stand_bare(text, in_flow=in_flow) else f'"{_TO_ESCAPE.sub(_escape, text)}"'


def _may_stand_bare(text: str, *, in_flow: bool) -> bool:
    if _ODD.search(text) or text != text.strip() or (in_flow and _IN_FLOW.search(text)):
        return False
    if text.startswith("/") and " " not in text and "#" not in text and not text.endswith(":"):
        return True
    return bool(_PLAIN.fullmatch(text)) and (
        bool(_SAME_TO_ALL.fullmatch(text)) or not _NOT_TEXT.fullmatch(text)
    )


def _escape(found: re.Match[str]) -> str:
    sign = found.group()
    return _ESCAPES.get(sign) or f"\\u{ord(sign):04x}"
