"""Defects of the page itself."""
