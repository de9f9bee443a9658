"""Exchanging drafts with other people: get the latest, send for review, decide what both wrote."""
