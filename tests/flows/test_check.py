"""``check`` shows what is read with the words it was read from, and suggests a declaration for a new address."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from rich.console import Console

from extract.declarations import load_catalogue
from flows.catalogue import declared_pages
from flows.checking import check_page, declaration_for
from flows.commands.check_view import show
from tests.flows.site import Site, page

NEW = "https://digital.hessen.example/strategie"
BODY = page(
    "Das Kabinett hat die Digitalstrategie am 3. Mai 2024 beschlossen. Sie nennt über 40 Maßnahmen.",
    "Drei Ziele leiten uns:</p><ul><li>Netze bauen</li><li>Schulen ausstatten</li><li>Ämter öffnen</li></ul><p>Ende.",
    title="Digitalstrategie Hessen",
)


def shown(site: Site, wanted: str, *, colour: bool = False) -> str:
    checked = check_page(site.settings, declaration_for(wanted, declared_pages(site.catalogue)), site.via)
    got = StringIO()
    plain = Console(file=got, width=200, emoji=False)
    show(checked, Console(file=got, width=200, force_terminal=True, emoji=False) if colour else plain)
    return got.getvalue()


def test_a_new_address_is_read_and_gets_a_declaration_that_loads(site: Site, tmp_path: Path) -> None:
    site.declare("amt-a")
    site.show(NEW, BODY)
    told = shown(site, NEW)
    assert "adopted" in told
    head, _, toml = told.partition("suggested declaration, to be looked at: ")
    name, _, text = toml.partition("\n")
    folder = tmp_path / "neu"
    folder.mkdir()
    (folder / name.strip()).write_text(text, encoding="utf-8")
    (declared,) = load_catalogue(folder)
    assert (declared.url, declared.land, declared.kind, declared.content_root) == (NEW, "DE-HE", "strategy", ("main",))
    assert [locator.after for locator in declared.locators] == ["Drei Ziele leiten uns:"]
    assert "Netze bauen" in head


def test_the_words_of_a_fact_are_set_off_in_their_sentence(site: Site) -> None:
    site.show(site.declare("amt-a"), BODY)
    told = shown(site, "amt-a", colour=True)
    assert "\x1b[1;4m3. Mai 2024\x1b[0m" in told
    assert "\x1b[1;4mMaßnahmen\x1b[0m" in told


def test_a_declared_page_gets_no_suggestion(site: Site) -> None:
    site.show(site.declare("amt-a"), BODY)
    assert "suggested" not in shown(site, "amt-a")
