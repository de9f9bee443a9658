"""Forces change: rename, close, merge, on a date, with a report of clashes."""
