"""What a verb touched, so that screens refresh just that."""

from dataclasses import dataclass, field

from soh_author.domain.ids import PageId


@dataclass(frozen=True, slots=True)
class Effects:
    """What changed. ``pages`` names pages whose text changed; ``everything`` means: read all anew."""

    pages: frozenset[PageId] = field(default_factory=frozenset)
    drafts: bool = False
    private: bool = False
    registry: bool = False
    everything: bool = False

    def __or__(self, other: "Effects") -> "Effects":
        return Effects(
            self.pages | other.pages,
            self.drafts or other.drafts,
            self.private or other.private,
            self.registry or other.registry,
            self.everything or other.everything,
        )

    def touches(self, page: PageId) -> bool:
        """Whether a screen showing this page has to look again."""
        return self.everything or self.registry or page in self.pages


NOTHING = Effects()
EVERYTHING = Effects(drafts=True, private=True, registry=True, everything=True)
