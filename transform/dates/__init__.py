"""Dates with precision and role."""
