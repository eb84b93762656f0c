"""The bundled sample portal and the account of what the monitor saw there.

Everything in ``pages/`` is authored for this project: hosts end in ``.example`` (RFC 2606), persons are placeholders.
"""
