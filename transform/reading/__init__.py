"""From bytes to a document: encoding, HTML and PDF, the main content without its frame, the content's hash."""
