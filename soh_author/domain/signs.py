"""Signs of Unicode with a meaning of their own."""

TURNING = "\\u202a-\\u202e\\u2066-\\u2069"
"""Those that turn the words after them around, as they are written between the brackets of a pattern."""
