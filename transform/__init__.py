"""Reading evidence: judging a capture, reading it into records, validating and comparing them.

Everything in this room is a function from values to values; nothing here opens a file, a socket or a database.
"""
