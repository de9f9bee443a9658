"""The bytes SSH speaks in (RFC 4251, section 5), read strictly: one form of each value, nothing left over."""

import struct

from soh_author.trust.errors import BadSignatureError

_LARGEST = 64 * 1024


class Reader:
    """Reads fields from the front of some bytes.

    Raises:
        BadSignatureError: from every method, when the field is not there or not in its one form.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def take(self, length: int) -> bytes:
        """The next ``length`` bytes."""
        if length > _LARGEST or self._place + length > len(self._data):
            raise BadSignatureError("it is cut off")
        self._place += length
        return self._data[self._place - length : self._place]

    def number(self) -> int:
        """The next ``uint32``: four bytes, the most significant first."""
        return int(struct.unpack(">I", self.take(4))[0])

    def string(self) -> bytes:
        """The next ``string``: a ``uint32`` of its length, then that many bytes."""
        return self.take(self.number())

    def text(self) -> str:
        """The next ``string``, which must be ASCII: a name."""
        try:
            return self.string().decode("ascii")
        except UnicodeDecodeError as error:
            raise BadSignatureError("a name in it holds odd signs") from error

    def large(self) -> int:
        """A positive number of any size, without needless zeros (RFC 4251, ``mpint``)."""
        data = self.string()
        if not data or data[0] & 0x80 or (data[0] == 0 and (len(data) == 1 or not data[1] & 0x80)):
            raise BadSignatureError("a number in it is not in its one form")
        return int.from_bytes(data)

    def end(self) -> None:
        """Make sure that all bytes were read."""
        if self._place != len(self._data):
            raise BadSignatureError("something follows its end")


def string(data: bytes) -> bytes:
    """Write a ``string`` as :meth:`Reader.string` reads it."""
    return struct.pack(">I", len(data)) + data
