"""Keeping what was read: versions, observations, history and the published DuckDB file."""
