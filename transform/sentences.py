"""German sentences: where one ends and the next begins."""

from __future__ import annotations

import re

_ABBREVIATIONS = (
    r"z|B|u|a|d|h|o|ä|i|S|v|n|Chr|ca|bzw|vgl|usw|etc|ggf|evtl|inkl|exkl|zzgl|Nr|Art|Abs|Abb|Tab|Dr|Prof|Dipl|Ing|Str|St|Hl|"
    r"Mio|Mrd|Tsd|rd|Jh|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sep|Sept|Okt|Nov|Dez|Mo|Di|Mi|Do|Fr|Sa|So|geb|gest|sog|max|min|Tel|Bd|Hrsg"
)
_END = re.compile(r"[.!?…]+[\"“”»'‘’)\]]*\s+(?=[\"„“»'‚‘(\[]*[A-ZÄÖÜ0-9])")
_ABBREVIATION = re.compile(rf"(?:^|[\s(\[„\"'‚])(?:{_ABBREVIATIONS}|[A-ZÄÖÜ]|\w\.\w)\.$")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a block, verbatim and in order; their join by one space is the text with white space collapsed.

    A full stop after an abbreviation (``z. B.``, ``u.a.``), an initial or an ordinal number (``23. Januar``) ends none.
    """
    flat = " ".join(text.split())
    result, start = [], 0
    for match in _END.finditer(flat):
        head = flat[start : match.end()].rstrip()
        if head.endswith(".") and (_ABBREVIATION.search(head) or _ORDINAL.search(head)):
            continue
        result.append(head)
        start = match.end()
    if start < len(flat):
        result.append(flat[start:])
    return tuple(result)
