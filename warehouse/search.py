"""Search over the sections of all pages, in SQL alone: German word stems, ranked, nothing to install.

Stems follow CISTEM (Weissweiler and Fraser, "Developing a Stemmer for German Based on a Comparative Analysis of
Publicly Available Stemmers", GSCL 2017) without its protection of double letters, which SQL's regular expressions
cannot say: umlauts and ß are folded, a leading *ge-* goes, and up to five endings *-em, -er, -nd, -t, -e, -s, -n* go
while enough is left.  Ranking is BM25 (Robertson and Zaragoza, 2009) with k1 = 1.2 and b = 0.75; a heading's words
count three times; a compound that begins with a stem counts half, one that holds it a quarter.
"""

from __future__ import annotations

# One expression with one mention of the word: DuckDB writes macros out, and a word mentioned four times in five nested
# macros is mentioned a thousand times.
_FOLDED = """
    regexp_replace(replace(translate(lower(word), 'äöü', 'aou'), 'ß', 'ss'), '^ge(.{4,})$', '\\1')
"""

_STEM = "regexp_replace(store.folded(word), '^(.{3,}?)(?:em|er|nd|[tesn]){0,5}$', '\\1')"

_WORDS = "regexp_extract_all(text, '[\\p{L}\\p{N}]+')"

SCALAR_MACROS: dict[str, str] = {
    "folded(word)": _FOLDED,
    "german_stem(word)": _STEM,
    "words_of(text)": _WORDS,
}
"""Signature in schema ``store`` to what it gives: building blocks, not for analysts."""

SEARCH_SECTIONS = """
    with
        terms as (
            select distinct store.german_stem(word) as term
            from (select unnest(store.words_of(query)) as word)
            where length(word) > 1
        ),
        spoken as (
            select
                record_id,
                unnest(store.words_of(concat_ws(' ', heading, heading, heading, text))) as word
            from main.sections
        ),
        lengths as (select record_id, count(*) as length from spoken group by record_id),
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
            select spoken.record_id, matches.term, sum(matches.weight) as frequency
            from spoken
            join matches on matches.word = spoken.word and matches.weight > 0
            group by spoken.record_id, matches.term
        ),
        rarity as (
            select term, ln(1 + (any_value(n) - count(*) + 0.5) / (count(*) + 0.5)) as idf
            from found
            cross join (select count(*) as n from lengths)
            group by term
        ),
        scored as (
            select
                found.record_id,
                count(*) as terms,
                sum(
                    rarity.idf * found.frequency * 2.2
                    / (found.frequency + 1.2 * (0.25 + 0.75 * lengths.length / average.length))
                ) as score
            from found
            join rarity using (term)
            join lengths using (record_id)
            cross join (select avg(length) as length from lengths) as average
            group by found.record_id
        )
    select
        scored.score, scored.terms, sections.page_id, sections.land, sections.heading, sections.path, sections.text,
        sections.record_id
    from scored
    join main.sections as sections using (record_id)
    order by scored.terms desc, scored.score desc, sections.record_id
"""
"""Sections that hold words of ``query``: those with the most of its words first, then by score."""
