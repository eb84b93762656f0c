"""The common taxonomy and how a page's words match it."""
