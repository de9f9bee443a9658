"""What a force's public reads: layers, Welsh, facts, and the name of the result."""
