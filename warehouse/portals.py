"""The portal of an address in SQL, as :attr:`extract.model.Declaration.portal` has it in Python."""

from __future__ import annotations


def portal_sql(url: str) -> str:
    """An expression for the host in lower case, without port, of the address in a column; empty where it has none."""
    return f"lower(regexp_extract({url}, '^[a-zA-Z]+://([^/?#:]+)', 1))"
