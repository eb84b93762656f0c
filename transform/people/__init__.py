"""Persons, quotes, contacts and events."""
