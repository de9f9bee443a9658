"""SOH Author: write, review and publish the pages of the 44 police websites from one shared text."""

__version__ = "0.1.0"
