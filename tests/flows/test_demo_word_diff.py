"""Two texts told as one, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from flows.demo.word_diff import Fate, Piece, differing_parts, shortened, similarity, word_diff

WORDS = ("der", "die", "das", "Ziel", "Land", "neu", "alt", "und")
texts = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
addresses = st.lists(st.sampled_from(["a", "ab", "b", "roadmap", "?v=2"]), min_size=1, max_size=6).map(
    lambda parts: "https://land.example/" + "/".join(parts)
)


def words_that(pieces: tuple[Piece, ...], *fates: Fate) -> list[str]:
    """The words with one of the fates, in order."""
    return [word for piece in pieces if piece.fate in fates for word in piece.words]


@given(before=texts, after=texts)
def test_nothing_is_lost_between_two_texts(before: str, after: str) -> None:
    """What stayed and went is the old text, what stayed and came is the new one."""
    pieces = word_diff(before, after)
    assert words_that(pieces, Fate.STAYED, Fate.WENT) == before.split()
    assert words_that(pieces, Fate.STAYED, Fate.CAME) == after.split()


@given(before=texts, after=texts)
def test_shortening_leaves_every_difference(before: str, after: str) -> None:
    """Only words that stayed are left out, and never for more words than there were."""
    pieces = word_diff(before, after)
    short = shortened(pieces)
    for fate in (Fate.WENT, Fate.CAME):
        assert words_that(short, fate) == words_that(pieces, fate)
    assert len(words_that(short, *Fate)) <= len(words_that(pieces, *Fate))


@given(text=texts)
def test_equal_texts_are_alike(text: str) -> None:
    """Nothing went, nothing came."""
    assert similarity(text, text) == 1.0
    assert words_that(word_diff(text, text), Fate.WENT, Fate.CAME) == []


@given(before=addresses, after=addresses)
def test_what_differs_in_two_addresses_is_part_of_them(before: str, after: str) -> None:
    """Different addresses stay different, and an ellipsis stands for what they share."""
    short_before, short_after = differing_parts(before, after)
    assert short_before.strip("…") in before
    assert short_after.strip("…") in after
    assert (short_before == short_after) == (before == after)
    assert len(short_before) <= len(before) + 1
