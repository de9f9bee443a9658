"""The only package that knows git: pages, versions and history as git objects.

Nothing is ever checked out. A version is blobs, the trees along their paths, one commit and one
compare-and-swap of one ref. Start at :mod:`soh_author.gitstore.store`.

GitPython reads and writes trees and reads configuration. Git itself is run by
:mod:`soh_author.gitstore.sealed` and not by GitPython, which hands the host's environment on to every
process.
"""

import os

# GitPython looks for git when it is imported and raises ImportError without it. We would rather start and say
# in a full sentence what is missing (soh_author.gitstore.sealed does).
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
