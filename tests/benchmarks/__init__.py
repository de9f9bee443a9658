"""Benchmarks: ratios against a peer or a floor in the same run. Run with `make bench`."""
