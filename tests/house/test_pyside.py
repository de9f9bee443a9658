"""PySide6 6.12.0 on Python 3.11 lost one reference to None in every void call, and the program aborted."""

import sys

import pytest
from PySide6.QtCore import QObject

_CALLS = 1_000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="From Python 3.12 on None is not counted.")
def test_void_calls_of_qt_lose_no_reference_to_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(_CALLS):
        thing.setObjectName("name")
    after = sys.getrefcount(None)
    assert abs(after - before) < _CALLS // 10
