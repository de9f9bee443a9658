"""What a draft would change, exactly: the ground on which review, release and gate stand."""
