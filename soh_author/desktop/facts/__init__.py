"""Facts: values with dates and source, where they are shown, what changes, and what was written by hand."""
