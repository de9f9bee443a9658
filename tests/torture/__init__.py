"""Processes killed, disks full, lines cut, at every step: nothing is lost, nothing stands between."""
