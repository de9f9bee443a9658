"""What was worked out before and can be worked out again: kept beside the journal, never missed."""
