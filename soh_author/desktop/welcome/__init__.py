"""The first minutes: open a workspace, or make one; who am I; what was not saved."""
