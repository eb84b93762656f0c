"""Comparing two versions of a page: one edit gives one change, in words a person understands.

:func:`transform.compare.comparison.compare` is the entry.
"""
