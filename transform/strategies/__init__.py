"""Strategies: their names, lineage and status as one page tells them."""
