"""Says at the foot of the window whether the computer is online. Being offline is normal, not an error."""

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QNetworkInformation

from soh_author.desktop.session import Session


class NetworkWatch(QObject):
    """Listens to the system; where it can't tell, nothing is said."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        if QNetworkInformation.loadDefaultBackend():
            self._system = QNetworkInformation.instance()
            self._system.reachabilityChanged.connect(self.tell)
            self.tell(self._system.reachability())

    def tell(self, reach: QNetworkInformation.Reachability) -> None:
        """Say how far the network reaches."""
        words = {
            QNetworkInformation.Reachability.Disconnected: "Offline",
            QNetworkInformation.Reachability.Online: "Online",
        }
        self._session.show_status("online", words.get(reach, ""))
