"""One section across all forces, and facts: moving words between layers, with proof."""
