"""A window of PySide6 and WebEngine with nothing in it: the floor for starting ours."""

import sys

from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from tests.benchmarks.painted import READY, Painted, say, wait


def main() -> None:
    """Show it, say so, and wait to be ended."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QWebEngineView())
    label = QLabel("Nothing")
    window.statusBar().addWidget(label)
    painted = Painted(label)
    window.resize(1366, 768)
    window.show()
    wait(lambda: painted.times > 0)
    say(READY)
    app.exec()


if __name__ == "__main__":
    main()
