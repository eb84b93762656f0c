"""What is done to the text of a page before any parser sees it, so that two of them see the same."""

from __future__ import annotations

import re

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)


def markup_of(text: str) -> str:
    """The page without NUL characters (WHATWG HTML, 13.2.5.1) and without an XML declaration, which lxml refuses."""
    return _XML_DECLARATION.sub("", text.replace("\0", ""))
