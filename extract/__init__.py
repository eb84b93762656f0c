"""Getting evidence: the catalogue, the polite fetcher and the archive.

This room reaches the network and writes WARC files.  It never reads meaning into a body.
"""
