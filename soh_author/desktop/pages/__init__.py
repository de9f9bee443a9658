"""The list of pages at the left: by area, with a filter and badges."""
