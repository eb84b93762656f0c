"""Search over the sections of all pages and over the PDFs that they link: in SQL alone, nothing to install.

German word forms find each other, and what fits best comes first.

Stems follow CISTEM (Weissweiler and Fraser, "Developing a Stemmer for German Based on a Comparative Analysis of
Publicly Available Stemmers", GSCL 2017) without its protection of double letters, which SQL's regular expressions
cannot say: umlauts and ß are folded, a leading *ge-* goes, and up to five endings *-em, -er, -nd, -t, -e, -s, -n* go
while enough is left.  Ranking is BM25 (Robertson and Zaragoza, 2009) with k1 = 1.2 and b = 0.75; a heading's words
count three times; lengths are letters; a compound that begins with a stem counts half, one that holds it a quarter.
"""

from __future__ import annotations

from string import Template

# One expression with one mention of the word: DuckDB writes macros out, and a word mentioned four times in five nested
# macros is mentioned a thousand times.
_FOLDED = """
    regexp_replace(replace(translate(lower(word), 'äöü', 'aou'), 'ß', 'ss'), '^ge(.{4,})$', '\\1')
"""

_STEM = "regexp_replace(store.folded(word), '^(.{3,}?)(?:em|er|nd|[tesn]){0,5}$', '\\1')"

_WORDS = "regexp_extract_all(text, '[\\p{L}\\p{N}]+')"

# Who has no umlauts on the keyboard writes them with an e. Where the e is a word's own ("neu"), what comes of it is no
# word and finds nothing.
_WITH_UMLAUTS = "replace(replace(replace(lower(text), 'ae', 'ä'), 'oe', 'ö'), 'ue', 'ü')"

SCALAR_MACROS: dict[str, str] = {
    "with_umlauts(text)": _WITH_UMLAUTS,
    "folded(word)": _FOLDED,
    "german_stem(word)": _STEM,
    "folded_text(text)": "replace(translate(lower(text), 'äöü', 'aou'), 'ß', 'ss')",
    "words_of(text)": _WORDS,
}
"""Signature in schema ``store`` to what it gives: building blocks, not for analysts."""

_SEARCH = Template("""
    with
        terms as (
            select distinct store.german_stem(word) as term
            from (
                select unnest(store.words_of(query)) as word
                union
                select unnest(store.words_of(store.with_umlauts(query)))
            )
            where length(word) > 1
        ),
        said as (select $key as key, $searched as text from main.$table as searched),
        -- To look for letters is cheap, to take a text to words is not: only what can match is taken to words.
        likely as (
            select key, text
            from said
            semi join terms on contains(store.folded_text(said.text), terms.term)
        ),
        spoken as (select key, unnest(store.words_of(text)) as word from likely),
        lengths as (select key, length(text) as length from likely),
        stems as (
            select word, store.german_stem(word) as stem from (select distinct word from spoken)
        ),
        matches as (
            select
                stems.word,
                terms.term,
                case
                    when stems.stem = terms.term then 1.0
                    when length(terms.term) < 4 then 0.0
                    when starts_with(store.folded(stems.word), terms.term) then 0.5
                    when contains(store.folded(stems.word), terms.term) then 0.25
                    else 0.0
                end as weight
            from stems
            cross join terms
        ),
        found as (
            select spoken.key, matches.term, sum(matches.weight) as frequency
            from spoken
            join matches on matches.word = spoken.word and matches.weight > 0
            group by spoken.key, matches.term
        ),
        rarity as (
            select term, ln(1 + (any_value(n) - count(*) + 0.5) / (count(*) + 0.5)) as idf
            from found
            cross join (select count(*) as n from said)
            group by term
        ),
        scored as (
            select
                found.key,
                count(*) as terms,
                sum(
                    rarity.idf * found.frequency * 2.2
                    / (found.frequency + 1.2 * (0.25 + 0.75 * lengths.length / average.length))
                ) as score
            from found
            join rarity using (term)
            join lengths using (key)
            cross join (select avg(length(text)) as length from said) as average
            group by found.key
        )
    select scored.score, scored.terms, $columns
    from scored
    join main.$table as searched on $key = scored.key
    order by scored.terms desc, scored.score desc, scored.key
""")

SEARCH_SECTIONS = _SEARCH.substitute(
    table="sections",
    key="searched.record_id",
    searched="concat_ws(' ', searched.heading, searched.heading, searched.heading, searched.text)",
    columns="searched.page_id, searched.land, searched.heading, searched.path, searched.text, searched.record_id",
)
"""Sections that hold words of ``query``: those with the most of its words first, then by score."""

SEARCH_DOCUMENT_PAGES = _SEARCH.substitute(
    table="document_pages",
    key="row(searched.page_id, searched.url, searched.page_no)",
    searched="searched.text",
    columns="searched.page_id, searched.land, searched.url, searched.page_no, searched.text, searched.sha256",
)
"""Pages of linked PDFs that hold words of ``query``, in the same order."""
