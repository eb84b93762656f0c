"""A declaration suggested for a page that nobody has declared."""
