"""The account of the demo: what a reader finds in it, with and without colour, in narrow and wide terminals."""

from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from rich.console import Console

from flows.demo.account import Account, ChangeTold, HeldBack, NightSeen, PageSeen, render_account

MONDAY = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
FIGURE = ChangeTold("a-seite", "figure", "changed", "value", "über 150", "über 170", "Ziele: über 150 → über 170.")


def night(
    number: int, verdicts: str, *changes: ChangeTold, held_back: tuple[HeldBack, ...] = (), alerts: int = 0
) -> NightSeen:
    """A night on which two pages got the verdicts named."""
    names = zip(("a-seite", "b-seite"), verdicts.split(), strict=True)
    pages = tuple(PageSeen(page_id, verdict) for page_id, verdict in names)
    at = MONDAY + timedelta(days=number)
    return NightSeen(number, at, f"Nacht {number}", pages, changes, held_back, alerts)


def edited(before: str | None = "alt", after: str | None = "neu", change_class: str = "content") -> ChangeTold:
    """A change of a section's text."""
    return ChangeTold("a-seite", "section", "edited", "text", before, after, "Geändert.", change_class)


def printed(*nights: NightSeen, width: int = 80, folder: str = "data") -> str:
    """The account as a pipe gets it."""
    return rendered(Account(nights, folder, 12.4), Console(file=StringIO(), width=width))


def one_night(*changes: ChangeTold, width: int = 80) -> str:
    """The account of a single night with these changes."""
    return printed(night(1, "verified verified", *changes), width=width)


def rendered(account: Account, console: Console) -> str:
    """What a console with a text buffer was given."""
    render_account(account, console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def line_with(text: str, words: str) -> str:
    """The one line that holds the words, white space collapsed."""
    lines = [" ".join(line.split()) for line in text.splitlines() if words in line]
    assert len(lines) == 1, text
    return lines[0]


def test_the_matrix_has_a_row_for_each_page_and_a_sign_for_each_night() -> None:
    """A change counts where the page was seen well; the legend explains what occurs and nothing else."""
    text = printed(
        night(0, "verified verified"),
        night(1, "not_modified suspect:maintenance"),
        night(2, "verified failed:timeout", FIGURE, FIGURE),
        night(3, "gone blocked", FIGURE),
    )
    assert line_with(text, "Mon 2  ") == "page Mon 2 Tue 3 Wed 4 Thu 5"
    rows = [" ".join(line.split()) for line in text.splitlines() if line.startswith(("a-seite", "b-seite"))]
    assert rows == ["a-seite ✓ = Δ 2 ∅", "b-seite ✓ ? ✗ !"]
    assert "= not modified (304)" in text
    assert "not asked" not in text


def test_a_page_that_was_not_asked_has_a_sign_of_its_own() -> None:
    """A night with ``--only`` leaves gaps."""
    only = NightSeen(1, MONDAY + timedelta(days=1), "eine", (PageSeen("b-seite", "verified"),))
    text = printed(night(0, "verified verified"), only)
    assert line_with(text, "a-seite") == "a-seite ✓ ·"
    assert "· not asked" in text


def test_a_change_is_told_with_both_values_and_its_sentence() -> None:
    """Short values stand on one line."""
    text = one_night(FIGURE)
    assert line_with(text, "figure changed") == "a-seite figure changed value"
    assert line_with(text, "  über 150") == "über 150 → über 170"
    assert line_with(text, "Ziele:") == "Ziele: über 150 → über 170."


def test_added_and_removed_values_have_a_sign() -> None:
    """There is only one value to show."""
    text = one_night(edited(None, "Digitale Gesundheit"), edited("Sport", None))
    assert line_with(text, "Gesundheit") == "+ Digitale Gesundheit"
    assert line_with(text, "Sport") == "- Sport"


def test_a_long_text_is_told_word_by_word_with_marks_where_there_is_no_colour() -> None:
    """What stayed and stands far away is left out."""
    before = "Eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn."
    text = one_night(edited(before, before.replace("acht", "achtzig")), width=120)
    assert line_with(text, "achtzig") == "… vier fünf sechs sieben [-acht-] {+achtzig+} neun zehn elf zwölf …"


def test_texts_without_common_words_stand_below_each_other() -> None:
    """A mixture of both could not be read."""
    old = "Das Programm läuft noch bis zum Ende des kommenden Jahres"
    new = "Wir danken allen, die daran mitgewirkt haben"
    text = one_night(edited(old, new))
    assert line_with(text, old) == f"- {old}"
    assert line_with(text, new) == f"+ {new}"


def test_the_items_of_a_list_stay_apart() -> None:
    """Lines of a value are joined by a dot."""
    assert line_with(one_night(edited("Daten\nNetze", "Netze\n\nDaten")), "Netze") == "Daten · Netze → Netze · Daten"


def test_long_addresses_are_cut_down_to_what_differs() -> None:
    """Nobody compares eighty characters by eye."""
    old = "https://portal.saarland.example/stk/DE/portale/digitalisierung/roadmap/roadmap_node.html"
    text = one_night(edited(old, old.replace("/stk/", "/mwide/")))
    assert line_with(text, "mwide") == "…/stk/… → …/mwide/…"


@pytest.mark.parametrize(
    ("change_class", "remark"),
    [
        ("content", ""),
        ("order", "(order only)"),
        ("editorial", "(wording only)"),
        ("link_noise", "(links only)"),
        ("return", "(back to an earlier version)"),
    ],
)
def test_a_change_that_is_no_content_says_so(change_class: str, remark: str) -> None:
    """The reader sees why nobody was told."""
    text = one_night(edited(change_class=change_class))
    assert line_with(text, "section edited") == f"a-seite section edited text {remark}".strip()


def test_what_was_held_back_says_why_and_what_stands() -> None:
    """A page never seen well has nothing that stands; a reason that repeats the verdict is told once."""
    held = HeldBack("b-seite", "suspect:maintenance", "suspect:maintenance: The title is „Wartungsarbeiten“.", MONDAY)
    never = HeldBack("a-seite", "failed:dns", "", None)
    text = " ".join(printed(night(1, "failed:dns suspect:maintenance", held_back=(held, never))).split())
    why = "The title is „Wartungsarbeiten“; what was seen on Mon 2 March stands."
    assert f"b-seite held back: suspect:maintenance {why}" in text
    assert "a-seite held back: failed:dns." in text


def test_a_quiet_night_says_that_it_was_quiet() -> None:
    """Silence is told, except on the first night, which has nothing to compare with."""
    text = printed(night(0, "verified verified"), night(1, "not_modified verified"))
    assert text.count("nothing changed, nobody was told") == 1


def test_everything_is_counted() -> None:
    """Pages, nights, visits, changes, alerts, held back answers, seconds."""
    held = HeldBack("b-seite", "gone", "404", MONDAY)
    text = printed(night(0, "verified verified"), night(1, "verified gone", FIGURE, held_back=(held,), alerts=1))
    counts = "2 pages over 2 nights: 4 visits, 1 change, 1 alert; 1 answer held back. Played in 12 s."
    assert counts in " ".join(text.split())


def test_three_commands_to_try_next_can_be_pasted_into_a_shell() -> None:
    """The folder is quoted, no line is wrapped, and nothing in the query means anything to a shell."""
    text = printed(night(0, "verified verified"), folder="my data", width=40)
    commands = text.split("strategiemonitor --data ")[1:]
    assert len(commands) == 3
    for command in commands:
        folder, query = command.split(" sql ", 1)
        query = query[: query.rindex('"') + 1]
        assert folder == "'my data'"
        assert not set("$`\\!") & set(query)
        assert query.count('"') == 2
        assert max(map(len, query.splitlines())) <= 79
    assert "action_fields_as_of(\n    timestamptz '2026-03-02T03:10+00:00')" in text


def test_an_account_without_nights_can_be_printed() -> None:
    """A demo that was interrupted at once."""
    assert "0 pages over 0 nights" in printed()


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Even where a value is long."""
    long = edited("wort " * 90, "wort " * 80 + "anders")
    text = printed(*(night(number, "verified verified", long) for number in range(7)), width=width)
    assert max(map(len, text.splitlines())) <= width


def test_a_terminal_gets_colour_and_no_marks() -> None:
    """Words that went are struck out, words that came are green."""
    before = "Die Kammer bringt die Rückmeldungen ihrer Mitglieder in den Beirat der Strategie ein."
    seen = night(1, "verified verified", edited(before, before.replace("bringt", "trägt")))
    console = Console(file=StringIO(), width=120, force_terminal=True, color_system="standard", no_color=False)
    text = rendered(Account((seen,), "data", 1), console)
    assert "\x1b[9;31mbringt\x1b[0m \x1b[32mträgt\x1b[0m" in text
    assert "[-" not in text


def test_words_of_a_page_cannot_command_the_terminal() -> None:
    """Control characters become spaces, invisible characters go, markup of the library means nothing."""
    text = one_night(edited("a\x1b[31mb\u00adc", "[bold]d[/bold]\u202e"))
    assert line_with(text, "[bold]") == "a [31mbc → [bold]d[/bold]"
    assert "\x1b" not in text


def test_ascii_signs_stand_in_where_the_encoding_has_no_others() -> None:
    """The matrix stays readable on an old terminal."""
    raw = BytesIO()
    console = Console(file=TextIOWrapper(raw, encoding="ascii", errors="replace"), width=80)
    render_account(Account((night(0, "verified failed:dns"), night(1, "verified gone", FIGURE)), "data", 1), console)
    console.file.flush()
    lines = raw.getvalue().decode("ascii").replace("|", " ").splitlines()
    rows = [" ".join(line.split()) for line in lines if line.startswith(("a-", "b-"))]
    assert rows == ["a-seite v * 1", "b-seite x 0"]
