"""Quotes: words that a page attributes to a speaker.

Quotation marks stand around titles and terms as well, and far more often.  A quote needs a speaker (``X sagte: „…“``,
``„…“, so X``, ``„…“, sagte X, „…“``) or eight words at least that make a sentence.  A signed ``<blockquote>`` needs no
marks.  A quote split by its speaker is one record, its parts joined by a space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transform.document import Block, BlockKind
from transform.german.sentences import sentences
from transform.outline import Placed
from transform.people.block_quotes import BlockQuote, signed_block_quote
from transform.people.quotation import Span, quoted_spans, unclosed
from transform.people.speakers import Roster
from transform.people.speech import SPEECH_VERB

_FEWEST_WORDS = 8
_TERM_WORDS = 4
_LONGEST_PASSAGE = 4
_LONGEST_LEAD = 400
_AFTER = re.compile(rf"\s*[,–—-]?\s*(?P<verb>so|ist\s+sich|heißt\s+es|{SPEECH_VERB})\b(?P<speaker>.*)", re.DOTALL)
_SIGNATURE = re.compile(r"\s*(?:[–—-]|\()?\s*(?P<speaker>[A-ZÄÖÜ].{3,160})", re.DOTALL)
_SPEECH = re.compile(rf"\b(?:{SPEECH_VERB}|[Dd]azu|so)\b")
_VERB_LAST = re.compile(rf"\b(?:{SPEECH_VERB})\b[^„“”\"»«]{{0,30}},?\s*$")
_BETWEEN_PARTS = re.compile(r"[\s.,:;–—-]*")
_NOUN_LAST = re.compile(r"[A-ZÄÖÜ][\w-]*\s*[–(-]?\s*$")
_FINITE = re.compile(
    r"\b(?:ist|sind|war|waren|wird|werden|wurde|wurden|hat|haben|hatte|hatten|kann|können|konnte|muss|müssen|soll|sollen|sollte|sollten|will|wollen|"
    r"darf|dürfen|möchte|möchten|bin|habe|wäre|würde|würden|hätte|gibt|geht|gehen|steht|stehen|macht|machen|bringt|braucht|brauchen|zeigt|zeigen|"
    r"bleibt|bleiben|kommt|kommen|setzt|setzen|schafft|schaffen|bietet|bieten|stärkt|stärken|freue|freuen|danke|lade|leistet|gilt|heißt|bedeutet|"
    r"profitiert|profitieren|nutzt|nutzen|hilft|helfen|beginnt|führt|führen|investiert|investieren|gestalten|weiß|wissen|glaube|glauben|lässt|lassen)\b"
)


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quote and where it stands; ``evidence`` runs over the quotation marks and the words that attribute it."""

    speaker: str | None
    text: str
    evidence: str
    section: str | None


@dataclass(slots=True)
class _Draft:
    """A quote while its parts are gathered; ``open`` where the words that attribute it stand after its first part."""

    parts: list[str]
    start: int
    end: int
    speaker: str | None = None
    attributed: bool = False
    open: bool = False


def find_quotes(placed: tuple[Placed, ...], roster: Roster) -> tuple[FoundQuote, ...]:
    """The quotes of a document in reading order; speakers by the name that the roster knows for them."""
    found: list[FoundQuote] = []
    for passage in _passages(placed, roster):
        if isinstance(passage, BlockQuote):
            found.append(FoundQuote(passage.speaker, passage.text, passage.evidence, passage.section))
            continue
        place, text = passage
        previous = found[-1].speaker if found else None
        for draft in _drafts(text, roster, previous):
            evidence = text[draft.start : draft.end].strip(" ,")
            found.append(FoundQuote(draft.speaker, " ".join(draft.parts), evidence, place.path))
    return tuple(found)


def _passages(placed: tuple[Placed, ...], roster: Roster) -> list[tuple[Placed, str] | BlockQuote]:
    """The texts in which quotes are looked for: each block, with the next ones while a quotation is still open.

    What the page's markup says to be a quotation, and a signature whose, is one already.
    """
    result: list[tuple[Placed, str] | BlockQuote] = []
    at = 0
    while at < len(placed):
        if (signed := signed_block_quote(placed, at, roster)) is not None:
            result.append(signed)
            at += signed.n_blocks
            continue
        text, used = _passage(placed, at)
        following = placed[at + used].block if at + used < len(placed) else None
        if following is not None and _is_signature(text, following, roster):
            text, used = f"{text} {_flat(following)}", used + 1
        if placed[at].block.kind is not BlockKind.KICKER:
            result.append((placed[at], text))
        at += used
    return result


def _passage(placed: tuple[Placed, ...], at: int) -> tuple[str, int]:
    """A block's text, up to the block that closes its quotation, and the number of blocks; one where none closes it."""
    text = _flat(placed[at].block)
    if placed[at].block.kind is not BlockKind.PARAGRAPH or not unclosed(text):
        return text, 1
    whole = text
    for used, following in enumerate(placed[at + 1 : at + _LONGEST_PASSAGE], 2):
        if following.block.kind is not BlockKind.PARAGRAPH:
            break
        whole = f"{whole} {_flat(following.block)}"
        if not unclosed(whole):
            return whole, used
    return text, 1


def _is_signature(text: str, following: Block, roster: Roster) -> bool:
    """Whether a block names the speaker of the block before it, which is a quotation and nothing else."""
    spans = quoted_spans(text)
    whole = len(spans) == 1 and spans[0].start == 0 and not text[spans[0].end :].strip(" .")
    return whole and following.kind is BlockKind.PARAGRAPH and roster.is_only_a_person(_flat(following))


def _flat(block: Block) -> str:
    """A block's text on one line."""
    return " ".join(block.text.split())


def _drafts(text: str, roster: Roster, previous: str | None) -> list[_Draft]:
    """The quotes of one passage."""
    drafts: list[_Draft] = []
    spans = quoted_spans(text)
    done = 0
    for rank, span in enumerate(spans):
        stop = spans[rank + 1].start if rank + 1 < len(spans) else len(text)
        last = drafts[-1] if drafts else None
        speaker = last.speaker if last else previous
        if last is not None and _continues(last, text, span, stop, roster):
            last.parts = [*last.parts[:-1], _closed(last.parts[-1], text[last.end - 1 : span.start], span.words(text))]
            last.parts.append(span.words(text))
            last.end = span.end
        else:
            draft = _draft(text, span, done, stop, roster, speaker)
            if draft is None:
                continue
            drafts.append(draft)
        done = drafts[-1].end
    return drafts


def _closed(part: str, between: str, following: str) -> str:
    """A part with the full stop that German sets behind the speaker: ``„Es geht los“, sagte sie. „Wir …“``."""
    ends = between.rstrip().endswith((".", "!")) and following[:1].isupper()
    return f"{part}." if ends and part[-1:] not in ".!?…:" else part


def _draft(text: str, span: Span, done: int, stop: int, roster: Roster, previous: str | None) -> _Draft | None:
    """The quote that a span begins; ``None`` for a title or a term."""
    words = span.words(text)
    before = text[max(done, span.start - _LONGEST_LEAD) : span.start]
    lead = _lead(before)
    speaker = _speaker_before(lead, words, roster, previous)
    if speaker is not None:
        return _Draft([words], span.start - len(lead), span.end, speaker, attributed=True)
    begins = _begins_sentence(before)
    after = _speaker_after(text, span, stop, roster, previous)
    if after is not None and (_is_statement(words) or (begins and (after[2] or _FINITE.search(words)))):
        return _Draft([words], span.start, after[1], after[0], attributed=True, open=True)
    if _is_sentence(words) and (begins or not _NOUN_LAST.search(lead)):
        return _Draft([words], span.start, span.end)
    return None


def _continues(draft: _Draft, text: str, span: Span, stop: int, roster: Roster) -> bool:
    """Whether a span goes on with the quote before it: only the words that attribute it stand between."""
    between = text[draft.end : span.start]
    if not draft.attributed or not draft.open or not _BETWEEN_PARTS.fullmatch(between):
        return False
    return "," in between or draft.end >= span.start or _speaker_after(text, span, stop, roster, draft.speaker) is None


def _lead(before: str) -> str:
    """The unfinished sentence before a quotation."""
    parts = sentences(before)
    last = parts[-1] if parts else ""
    return before[before.rfind(last) :] if last and last[-1] not in ".!?" else ""


def _begins_sentence(before: str) -> bool:
    """Whether a quotation begins a sentence: nothing stands before it, or the end of one."""
    stripped = before.rstrip()
    return not stripped or stripped[-1] in '.!?:–—…“”"»«'


def _is_sentence(words: str) -> bool:
    """Whether quoted words are a sentence without any doubt: eight at least, with a finite verb or a full stop."""
    return len(words.split()) >= _FEWEST_WORDS and (_FINITE.search(words) is not None or words[-1] in ".!?")


def _is_statement(words: str) -> bool:
    """Whether quoted words can be what someone said: more than a term, with a finite verb."""
    return len(words.split()) >= _TERM_WORDS and (_FINITE.search(words) is not None or words[-1:] in (".", "!", "?"))


def _speaker_before(lead: str, words: str, roster: Roster, previous: str | None) -> str | None:
    """The speaker named before a quotation: with a colon, or with a verb of speech right before a statement."""
    if lead.rstrip().endswith(":"):
        if not _SPEECH.search(lead):
            is_his = roster.is_only_a_person(lead) or (_is_statement(words) and roster.begins_with_person(lead))
            return roster.speaker_in(lead, previous) if is_his else None
    elif not (_VERB_LAST.search(lead) and _is_statement(words)):
        return None
    return roster.speaker_in(lead, previous, nearest_to_verb=True)


def _speaker_after(
    text: str, span: Span, stop: int, roster: Roster, previous: str | None
) -> tuple[str, int, bool] | None:
    """The speaker named after a quotation, the end of those words, and whether a verb (not ``so``) names him."""
    clause = text[span.end : stop]
    gap = len(clause) - len(clause.lstrip(" ,–—-("))
    first = sentences(clause[gap:])
    sentence = clause[: gap + len(first[0])] if first else ""
    match = _AFTER.match(sentence)
    if match is None:
        return _signed(sentence, span, roster)
    speaker = roster.speaker_in(match["speaker"], previous)
    return None if speaker is None else (speaker, span.end + len(sentence), match["verb"] != "so")


def _signed(sentence: str, span: Span, roster: Roster) -> tuple[str, int, bool] | None:
    """The person whose name stands below or after a quotation, as a signature."""
    match = _SIGNATURE.fullmatch(sentence)
    if match is None or not roster.is_only_a_person(match["speaker"]):
        return None
    speaker = roster.speaker_in(match["speaker"], None)
    return None if speaker is None else (speaker, span.end + len(sentence), True)
