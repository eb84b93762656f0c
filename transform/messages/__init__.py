"""Messages to people: what changed or what is wrong, in German or English, as text and as HTML."""
