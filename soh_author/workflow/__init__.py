"""Third floor: the verbs, one module per journey. No Qt, no git, no HTML; a verb never asks a question."""
