"""Update from shared: what the text above said then and says now, what ours says, and what becomes of it."""
