"""The preview: the page as a force's public will read it, in a Chromium that reaches only this program."""
