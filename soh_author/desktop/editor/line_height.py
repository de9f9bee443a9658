"""Room between lines: Qt's plain text editor has no setting for it, but a font has.

A line is as high as the tallest font in it asks for. So the first family of the editor's font is one made
here, in memory: it has no letters at all, only an ascent and a descent. Every letter comes from the next
family, every line gets the height of the first. Where a system refuses the font, lines are merely closer.
"""

import struct

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "SOH Author Lines"
_UNITS = 1000
_ASCENT, _DESCENT = 1240, 460
"""How high a line is, in thousandths of the font's size."""


def font_with_room(font: QFont) -> QFont:
    """The same font with more room between its lines."""
    if not QFontDatabase.hasFamily(FAMILY):
        QFontDatabase.addApplicationFontFromData(QByteArray(empty_font(FAMILY, _ASCENT, _DESCENT)))
    roomy = QFont(font)
    if QFontDatabase.hasFamily(FAMILY):
        roomy.setFamilies([FAMILY, *(font.families() or [font.family()])])
    return roomy


def empty_font(family: str, ascent: int, descent: int) -> bytes:
    """A TrueType font with one empty glyph, in the form of the OpenType specification, version 1.9."""
    tables = {
        b"OS/2": _os2(ascent, descent),
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12) + _cmap(),
        b"glyf": b"\0\0",
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 11, _UNITS, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, ascent, -descent, 0, 500, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1
        ),
        b"hmtx": struct.pack(">Hh", 500, 0),
        b"loca": struct.pack(">HH", 0, 0),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _name(family),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    count = len(tables)
    start = 12 + 16 * count
    head, body = struct.pack(">IHHHH", 0x10000, count, 128, 3, count * 16 - 128), b""
    for tag, data in sorted(tables.items()):
        head += struct.pack(">4sIII", tag, _checksum(data), start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + body


def _checksum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words = (int.from_bytes(padded[start : start + 4]) for start in range(0, len(padded), 4))
    return sum(words) & 0xFFFFFFFF


def _cmap() -> bytes:
    # Format 4 with nothing but the closing segment: no character has a glyph.
    return struct.pack(">HHHHHHHHHHhH", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0)


def _name(family: str) -> bytes:
    records, texts = b"", b""
    names = ((1, family), (2, "Regular"), (3, family), (4, family), (6, family.replace(" ", "")))
    for kind, text in names:
        encoded = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, kind, len(encoded), len(texts))
        texts += encoded
    return struct.pack(">HHH", 0, len(names), 6 + 12 * len(names)) + records + texts


def _os2(ascent: int, descent: int) -> bytes:
    first = struct.pack(">HhHHHhhhhhhhhhhh", 4, 500, 400, 5, 0, 100, 100, 0, 0, 100, 100, 0, 0, 50, 250, 0)
    marks = struct.pack(">10sIIII4s", bytes(10), 0, 0, 0, 0, b"SOHA")
    last = struct.pack(
        ">HHHhhhHHIIhhHHH", 0xC0, 0x20, 0x20, ascent, -descent, 0, ascent, descent, 1, 0, 500, 700, 0, 32, 0
    )
    return first + marks + last
