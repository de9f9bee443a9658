"""The preview's own kind of address. Nothing else is ever loaded."""

from PySide6.QtWebEngineCore import QWebEngineUrlScheme

SCHEME = "soh-preview"
HOST = "local"
ORIGIN = f"{SCHEME}://{HOST}/"


def register() -> None:
    """Make the scheme known to Chromium. Must be called once, before the QApplication is made."""
    name = SCHEME.encode()
    if QWebEngineUrlScheme.schemeByName(name).name() == name:
        return
    scheme = QWebEngineUrlScheme(name)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)
