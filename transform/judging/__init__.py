"""What a capture is worth."""
