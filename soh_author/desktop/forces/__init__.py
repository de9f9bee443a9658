"""Forces change: one is renamed or closed, or two become one; first a plan, with every clash to decide."""
