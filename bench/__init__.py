"""Benchmarks by name (`python -m bench.votes`), each a ratio against a named reference in the same run."""
