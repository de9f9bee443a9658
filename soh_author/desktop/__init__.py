"""The window: asks and shows; decides nothing. The only package that imports PySide6."""
