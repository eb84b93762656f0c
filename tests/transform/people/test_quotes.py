"""Quotes: who said what, in every order of speaker and words, and what quotation marks do not quote."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.documents import declaration, document
from transform.people.quotation import quoted_spans, unclosed
from transform.people.reader import read_people

_MINISTER = "Ministerin Erika Mustermann"


def _quotes(text: str) -> list[tuple[str | None, str]]:
    return [(one.speaker, one.text) for one in read_people(document(text), declaration()).quotes]


@pytest.mark.parametrize(
    "verb",
    [
        "sagte",
        "betonte",
        "unterstrich",
        "erklärte",
        "ergänzte",
        "äußerte",
        "erläuterte",
        "sagt",
        "betont",
        "versichert",
        "mahnte",
        "lobte",
    ],
)
def test_a_speaker_before_the_words(verb: str) -> None:
    """The verb of speech and a colon attribute them."""
    assert _quotes(f"{_MINISTER} {verb}: „Wir kommen gut voran.“") == [("Erika Mustermann", "Wir kommen gut voran.")]


@pytest.mark.parametrize("after", ["so", "sagte", "betonte", "erklärt", "freut sich", "kündigte"])
def test_a_speaker_after_the_words(after: str) -> None:
    """With ``so`` or a verb."""
    assert _quotes(f"„Wir kommen gut voran“, {after} {_MINISTER}.") == [("Erika Mustermann", "Wir kommen gut voran")]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (f"„Wir sind bereit“, sagte {_MINISTER}. „Jetzt geht es los.“", "Wir sind bereit. Jetzt geht es los."),
        (
            f"„Wir sind“, sagte {_MINISTER}, „gut vorbereitet und gehen voran.“",
            "Wir sind gut vorbereitet und gehen voran.",
        ),
        (
            f"„Sind wir schon gut vorbereitet?“, sagte {_MINISTER}. „Ja, längst.“",
            "Sind wir schon gut vorbereitet? Ja, längst.",
        ),
    ],
)
def test_a_split_quote_keeps_the_full_stop_at_its_seam(text: str, quote: str) -> None:
    """German sets it behind the speaker; where the sentence goes on there is none."""
    assert [said for _, said in _quotes(text)] == [quote]


@pytest.mark.parametrize(
    ("opening", "closing", "inner_opening", "inner_closing"),
    [
        ("„", "“", "‚", "‘"),
        ("„", "”", "‚", "’"),
        ('"', '"', "'", "'"),
        ("»", "«", "›", "‹"),
        ("«", "»", "‹", "›"),
        ("“", "”", "‘", "’"),
        ("„", '"', "'", "'"),
    ],
)
def test_every_kind_of_marks_gives_the_same_quote(
    opening: str, closing: str, inner_opening: str, inner_closing: str
) -> None:
    """Inner quotations stay as they are written; the outer marks are no part of the text."""
    inner = f"{inner_opening}Amt Digital{inner_closing}"
    words = f"Wir bringen das {inner} in jedes Rathaus."
    assert _quotes(f"{_MINISTER} sagte: {opening}{words}{closing}") == [("Erika Mustermann", words)]


def test_straight_marks_inside_straight_marks() -> None:
    """Only the places of the marks tell the inner from the outer ones."""
    text = f'{_MINISTER} sagte: "Unser "Amt Digital" kommt gut an." Danach gab es Applaus.'
    assert _quotes(text) == [("Erika Mustermann", 'Unser "Amt Digital" kommt gut an.')]


@pytest.mark.parametrize(
    "between",
    [
        f"“, sagte {_MINISTER}, „",
        f"“, so {_MINISTER}. „",
        "“, so Gastgeberin Erika Mustermann, die Beauftragte des Landes für Strategie. „",
        f"“, sagte {_MINISTER} am Montag in Musterstadt, „",
    ],
)
def test_a_quote_split_by_its_speaker_is_one_record(between: str) -> None:
    """The parts are joined by a space."""
    text = f"„Wir kommen gut voran{between}und wir nehmen alle Menschen im Land mit.“"
    assert _quotes(text) == [("Erika Mustermann", "Wir kommen gut voran und wir nehmen alle Menschen im Land mit.")]


def test_two_attributed_quotes_of_a_paragraph_stay_two() -> None:
    """Each has its own speaker."""
    text = f"„Wir kommen gut voran“, sagte {_MINISTER}. „Das sehen wir auch so“, ergänzte Landrat Max Beispiel."
    assert _quotes(text) == [("Erika Mustermann", "Wir kommen gut voran"), ("Max Beispiel", "Das sehen wir auch so")]


def test_other_words_between_two_quotes_part_them() -> None:
    """Only the attribution may stand between the parts of one quote."""
    words = "Das sehen wir alle hier im Saal ganz genauso."
    text = f"„Wir kommen gut voran“, sagte {_MINISTER}. Auf einem Plakat steht: „{words}“"
    assert _quotes(text) == [("Erika Mustermann", "Wir kommen gut voran"), (None, words)]


def test_of_two_in_the_same_office_the_one_who_spoke_last_goes_on() -> None:
    """``Die Ministerin`` is the minister of the paragraph."""
    text = (
        "Ministerin Anna Muster kam.\n"
        f"{_MINISTER} sagte: „Das ist ein guter Tag.“ Die Ministerin ergänzte: „Wir bleiben alle dran.“"
    )
    assert [speaker for speaker, _ in _quotes(text)] == ["Erika Mustermann", "Erika Mustermann"]


def test_a_line_break_inside_a_sentence_is_one_space() -> None:
    """Pages break lines in the middle of a sentence."""
    assert _quotes(f"{_MINISTER} sagte: „Wir kommen\\ngut voran.“") == [("Erika Mustermann", "Wir kommen gut voran.")]


def test_a_quote_may_run_over_paragraphs() -> None:
    """It ends where its mark closes; an opening mark that is never closed opens nothing."""
    assert _quotes(f"{_MINISTER} sagte: „Wir kommen voran.\nUnd wir bleiben dran.“") == [
        ("Erika Mustermann", "Wir kommen voran. Und wir bleiben dran.")
    ]
    assert _quotes(f"{_MINISTER} sagte: „Wir kommen voran.\nNeuer Absatz.\n# Titel") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ministerin Erika Mustermann kam.\n„Das ist ein guter Tag“, so Mustermann.", "Erika Mustermann"),
        ("Ministerin Erika Mustermann kam.\n„Das ist ein guter Tag“, so die Ministerin.", "Erika Mustermann"),
        ("Digitalministerin Erika Mustermann kam.\nDie Ministerin sagte: „Das ist ein guter Tag.“", "Erika Mustermann"),
        ("„Das ist ein guter Tag“, so die Digitalministerin.", "Digitalministerin"),
        ("„Das ist ein guter Tag“, sagte Minister Beispiel.", "Beispiel"),
        ("„Das ist ein guter Tag“, so die Landesregierung.", "Landesregierung"),
        ("„Das ist ein guter Tag“, sagte Xandrina Unbekannt.", "Xandrina Unbekannt"),
        ("„Das ist ein guter Tag“, so Dr. Max Beispiel, Leiter des Referats.", "Max Beispiel"),
        ("„Das ist ein guter Tag“, so Xandro Max Beispiel, Minister für Digitales.", "Xandro Max Beispiel"),
        ("Dazu Landrat Max Beispiel: „Das ist ein guter Tag.“", "Max Beispiel"),
        ("Max Beispiel: „Das ist ein guter Tag.“", "Max Beispiel"),
        ("Landrat Max Beispiel zieht eine erste Bilanz: „Das ist ein guter Tag.“", "Max Beispiel"),
        (
            "Zum Start erklärte Erika Mustermann im Beisein von Max Beispiel: „Das ist ein guter Tag.“",
            "Erika Mustermann",
        ),
        ("„Das ist ein guter Tag.“\nErika Mustermann, Ministerin für Digitales", "Erika Mustermann"),
        ("„Das ist ein guter Tag.“ – Erika Mustermann, Ministerin für Digitales", "Erika Mustermann"),
        ("„Das ist ein guter Tag.“ (Erika Mustermann)", "Erika Mustermann"),
    ],
)
def test_the_speaker_is_known_by_full_name_where_the_page_tells_it(text: str, speaker: str) -> None:
    """A surname, an office or a signature leads to the person; an office without a person stays an office."""
    ((said_by, words),) = _quotes(text)
    assert said_by == speaker
    assert words.rstrip(".") == "Das ist ein guter Tag"


def test_a_pronoun_is_the_one_who_spoke_last() -> None:
    """``Sie ergänzte`` goes on with the speaker before."""
    text = f"{_MINISTER} sagte: „Das ist ein guter Tag.“ Sie ergänzte: „Wir bleiben alle dran.“"
    assert _quotes(text) == [
        ("Erika Mustermann", "Das ist ein guter Tag."),
        ("Erika Mustermann", "Wir bleiben alle dran."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Das Kabinett hat die Strategie „Beispielland Digital 2030“ beschlossen.",
        "Ein Themenfeld ist „New Work“ in der Verwaltung.",
        "„KI made in Beispielland“ wird ein Markenzeichen, das für Verantwortung steht.",
        "Gleichstellung und die „Nicht-Diskriminierung“ von Minderheiten sind wichtig.",
        f"Die Strategie „Beispielland Digital“, so {_MINISTER}, sei ein Erfolg.",
        f"Unter dem Motto „Wir gestalten gemeinsam die digitale Zukunft unseres Landes“ lädt {_MINISTER} ein.",
        "Der Bericht „Digitalisierung der Verwaltung in den Kommunen des Landes bis 2030“ ist da.",
        "- „Open Data“\n- „Smart City“\n- „Gute Arbeit“",
        "Die Studie 'Digital leben' und der „Digitale Bauantrag“ sind Beispiele.",
        "Das „Amt Digital\nbleibt offen.",
        'Zoll 5" und 7" sind Maße.',
        f"{_MINISTER} nennt drei Felder: „Open Data“, „Smart City“ und „Gute Arbeit“.",
        f"Auf der Seite steht: „Mehr erfahren“. {_MINISTER} kam.",
    ],
)
def test_titles_terms_and_slips_are_no_quotes(text: str) -> None:
    """Quotation marks around a name quote nobody."""
    assert _quotes(text) == []


def test_a_whole_sentence_without_a_speaker_is_a_quote_of_nobody() -> None:
    """Eight words with a finite verb: the page quotes, and does not say whom."""
    words = "Die Digitalisierung ist kein Selbstzweck, sie dient den Menschen."
    assert _quotes(f"„{words}“") == [(None, words)]


def test_evidence_and_section_say_where_a_quote_stands() -> None:
    """The evidence holds the attribution; the section is the path of headings."""
    people = read_people(document(f"# Titel\n## Abschnitt\n{_MINISTER} sagte: „Wir kommen gut voran.“"), declaration())
    (quote,) = people.quotes
    assert quote.evidence == f"{_MINISTER} sagte: „Wir kommen gut voran.“"
    assert (quote.section, quote.position) == ("Titel > Abschnitt", 0)


_WORDS = st.lists(
    st.sampled_from(["Land", "digital", "wir", "gehen", "‚Amt‘", "weit", "Stadt"]), min_size=1, max_size=9
)


@settings(max_examples=60)
@given(
    words=_WORDS,
    marks=st.sampled_from(["„“", "»«", "«»", '""', "“”", "„”"]),
    around=st.sampled_from(["", "davor ", "Er sagte: "]),
)
def test_the_words_between_marks_come_back_whole(words: list[str], marks: str, around: str) -> None:
    """For every kind of marks, whatever stands around."""
    inner = " ".join(words)
    text = f"{around}{marks[0]}{inner}{marks[1]} danach"
    (span,) = quoted_spans(text)
    assert span.words(text) == inner
    assert not unclosed(text)
    assert unclosed(text[: span.end - 1])


@settings(max_examples=100)
@given(st.text(alphabet='„“”"»«‚‘ ab.,', max_size=120))
def test_spans_of_any_text_are_in_order_and_apart(text: str) -> None:
    """No mark belongs to two quotations."""
    done = 0
    for span in quoted_spans(text):
        assert done <= span.start < span.end <= len(text)
        done = span.end


def test_thousands_of_open_marks_are_read_in_time() -> None:
    """A hostile page costs no more than its length."""
    assert quoted_spans("„a " * 20_000) == ()
