"""pandera schemas made from the record types, and the split into good and quarantined records."""
