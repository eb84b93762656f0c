"""Figures: numbers that mean something, with comparator, unit in the nominative and scope."""
