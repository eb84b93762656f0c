"""How content systems dress one text, and the noise that they put around and into it every night."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from html import escape

from tests.support.strategy_pages import Part, StrategyPage

Dress = Callable[[StrategyPage], str]
Noise = Callable[[str, random.Random], str]

NAVIGATION = "<nav><ul><li><a href='/'>Start</a></li><li><a href='/themen'>Themen</a></li></ul></nav>"
FOOTER = "<footer><p><a href='/impressum'>Impressum</a> <a href='/datenschutz'>Datenschutz</a></p></footer>"


def landmark(page: StrategyPage) -> str:
    """HTML5 with a landmark and sections."""
    body = "\n".join(f'<section class="teil">{_elements(part)}</section>' for part in page.parts)
    kicker = f'<p class="kicker">{escape(page.kicker)}</p>'
    return _whole(page, f'<header>{NAVIGATION}</header><main id="inhalt">{kicker}\n{body}</main>{FOOTER}')


def government(page: StrategyPage) -> str:
    """Nested ``div`` elements of a government site builder, with landmark words."""
    first, *rest = page.parts
    blocks = "\n".join(f'<div class="c-text"><div class="c-text__wrap">{_elements(part)}</div></div>' for part in rest)
    head = f'<div class="c-stage"><span class="c-stage__kicker">{escape(page.kicker)}</span>{_elements(first)}</div>'
    return _whole(
        page,
        f'<div id="wrapper"><div role="banner">{NAVIGATION}</div><div id="content" role="main" class="l-content">'
        f"{head}\n{blocks}</div><div role='contentinfo'>{FOOTER}</div></div>",
    )


def typo3(page: StrategyPage) -> str:
    """Content elements in frames."""
    frames = "\n".join(
        f'<div id="c{100 + n}" class="frame frame-default frame-type-text"><div class="ce-bodytext">{_elements(part)}'
        "</div></div>"
        for n, part in enumerate(page.parts)
    )
    kicker = f'<p class="dachzeile">{escape(page.kicker)}</p>'
    return _whole(page, f'{NAVIGATION}<main class="main">{kicker}<div class="container">{frames}</div></main>{FOOTER}')


def drupal(page: StrategyPage) -> str:
    """An article of fields."""
    fields = "\n".join(
        f'<div class="field field--name-body field__item">{_elements(part)}</div>' for part in page.parts
    )
    kicker = f'<div class="field field--name-field-kicker">{escape(page.kicker)}</div>'
    article = f'<article class="node node--type-page">{kicker}{fields}</article>'
    return _whole(page, f'{NAVIGATION}<main role="main">{article}</main>{FOOTER}')


def flat(page: StrategyPage) -> str:
    """An ``article`` without any structure but its headings."""
    body = "\n".join(_elements(part) for part in page.parts)
    return _whole(page, f"{NAVIGATION}<article><p class='overline'>{escape(page.kicker)}</p>{body}</article>{FOOTER}")


DRESSES: tuple[Dress, ...] = (landmark, government, typo3, drupal, flat)


def _elements(part: Part) -> str:
    pieces = [f"<h{part.level}>{escape(part.heading)}</h{part.level}>"]
    pieces += [f"<p>{escape(text)}</p>" for text in part.paragraphs]
    if part.items:
        pieces.append("<ul>" + "".join(f"<li>{escape(text)}</li>" for text in part.items) + "</ul>")
    pieces += [f'<p><a href="{escape(url)}">{escape(label)}</a></p>' for label, url in (*part.links, *part.files)]
    if part.card is not None:
        pieces.append("<p>" + "<br>".join(map(escape, part.card.lines)) + "</p>")
    return "".join(pieces)


def _whole(page: StrategyPage, body: str) -> str:
    head = f'<meta charset="utf-8"><title>{escape(page.title)} | {escape(page.kicker.split()[-1])}</title>'
    return f'<!DOCTYPE html>\n<html lang="de"><head>{head}</head>\n<body>{body}</body></html>'


def session_ids(html: str, rng: random.Random) -> str:
    """Every link carries a session."""
    return re.sub(
        r"href=(['\"])(/[^'\"]*)", rf"href=\1\2;jsessionid={rng.getrandbits(64):X}.node{rng.randint(1, 9)}", html
    )


def stamps(html: str, rng: random.Random) -> str:
    """A generation stamp in a comment."""
    return html.replace(
        "<body>", f"<body><!-- generiert am {rng.randint(1, 28)}.03. um {rng.randint(0, 23)} Uhr -->", 1
    )


def teasers(html: str, rng: random.Random) -> str:
    """News in a sidebar."""
    items = "".join(
        f"<li><a href='/m/{rng.randint(1, 999)}'>Meldung {rng.randint(1, 999)} aus dem Land</a></li>" for _ in "123"
    )
    return html.replace("<footer", f"<aside class='teaser'><h2>Aktuelles</h2><ul>{items}</ul></aside><footer", 1)


def banners(html: str, rng: random.Random) -> str:
    """A cookie banner of ever other words."""
    words = rng.choice(("Wir nutzen Cookies.", "Diese Website verwendet Cookies. Mehr dazu im Datenschutz."))
    return html.replace("<body>", f"<body><div class='cookie-banner' role='dialog'><p>{words}</p></div>", 1)


def class_churn(html: str, rng: random.Random) -> str:
    """Generated class names."""
    return re.sub(r'class="([^"]*)"', lambda match: f'class="{match.group(1)} css-{rng.getrandbits(24):x}"', html)


def nesting(html: str, _rng: random.Random) -> str:
    """Another element around each paragraph."""
    return re.sub(r"<p>(.*?)</p>", r'<div class="absatz"><p><span>\1</span></p></div>', html, flags=re.DOTALL)


def level_shift(html: str, _rng: random.Random) -> str:
    """Headings one level lower, but for the title."""
    return re.sub(r"<(/?)h([23])\b", lambda match: f"<{match.group(1)}h{int(match.group(2)) + 1}", html)


def bullets(html: str, _rng: random.Random) -> str:
    """Lists as paragraphs with bullets."""
    return re.sub(
        r"<ul><li>(?!<a)(.*?)</ul>",
        lambda match: "".join(f"<p>• {one.removesuffix('</li>')}</p>" for one in match.group(1).split("<li>")),
        html,
    )


def soft_hyphens(html: str, rng: random.Random) -> str:
    """Soft hyphens within long words."""
    return _in_text(
        html,
        lambda text: re.sub(r"(\w{6})(\w{5})", lambda m: f"{m[1]}\u00ad{m[2]}" if rng.random() < 0.5 else m[0], text),
    )


def no_break_spaces(html: str, rng: random.Random) -> str:
    """No-break spaces."""
    return _in_text(
        html, lambda text: re.sub(r"(?<=\S) (?=\S)", lambda _m: rng.choice((" ", "\u00a0", "\u202f")), text)
    )


def decomposed(html: str, _rng: random.Random) -> str:
    """Umlauts as letter and accent."""
    return unicodedata.normalize("NFD", html)


def entities(html: str, _rng: random.Random) -> str:
    """Umlauts as entities."""
    for letter, name in (("ä", "&auml;"), ("ö", "&#246;"), ("ü", "&#xFC;"), ("ß", "&szlig;")):
        html = html.replace(letter, name)
    return html


def quotes_and_dashes(html: str, _rng: random.Random) -> str:
    """Other quotation marks and dashes."""
    return html.replace("„", "&bdquo;").replace("“", '"').replace("–", "-")


def running_date(html: str, rng: random.Random) -> str:
    """Today's date and the page's age."""
    day = f"{rng.randint(1, 28)}. März 2026"
    return re.sub(r"(</main>|</article>)", rf"<p>Stand: {day}</p>\1", html, count=1)


def counters(html: str, rng: random.Random) -> str:
    """Hidden form values and visitor counters outside of the text."""
    hidden = f"<input type='hidden' name='token' value='{rng.getrandbits(48):x}'>"
    return html.replace("<footer", f"<form>{hidden}</form><footer data-visits='{rng.randint(1, 9999)}'", 1)


def white_space(html: str, _rng: random.Random) -> str:
    """Line breaks between elements, CRLF."""
    return html.replace("><", ">\r\n    <")


NOISES: tuple[Noise, ...] = (
    *(session_ids, stamps, teasers, banners, class_churn, nesting, level_shift, bullets, soft_hyphens),
    *(no_break_spaces, decomposed, entities, quotes_and_dashes, running_date, counters, white_space),
)


def _in_text(html: str, change: Callable[[str], str]) -> str:
    head, body = html.split("<body>", 1)
    return head + "<body>" + re.sub(r">([^<>]+)<", lambda match: f">{change(match.group(1))}<", body)
