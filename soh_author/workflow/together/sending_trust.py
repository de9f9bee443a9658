"""An origin that is a folder runs its own checks on this computer; a person says that it may."""

from soh_author.gitstore import origin
from soh_author.gitstore.addresses import AddressKind
from soh_author.workflow.workspace import Workspace

_FILE = "private/trusted-origin"


def needs_trust(workspace: Workspace) -> bool:
    """Whether the origin is a folder of which nobody has said that it may run its checks here."""
    address = origin.origin_of(workspace.store)
    if address is None or address.kind is not AddressKind.FOLDER:
        return False
    file = workspace.folder / _FILE
    return not file.is_file() or file.read_text("utf-8", "surrogateescape") != str(address)


def trust_origin(workspace: Workspace) -> None:
    """Remember that the origin, as long as it has this address, may run its own checks on this computer."""
    address = origin.origin_of(workspace.store)
    if address is not None:
        file = workspace.folder / _FILE
        aside = file.with_suffix(".new")
        aside.write_text(str(address), "utf-8", "surrogateescape")
        aside.replace(file)
