-- What it takes to know a page's content again without reading it (transform.memory.LastReading).  One row for each
-- reading in full of a page that was good; the latest one counts.  Nothing depends on it: an empty table costs one
-- reading of every page.

create table store.readings (
    page_id varchar not null,
    read_at timestamptz not null,
    extractor varchar not null,
    content_sha256 varchar not null,
    url varchar not null,
    document_urls varchar[] not null,
    read_places varchar[],
    passed_over varchar[],
    verbatim_sha256 varchar,
    essential_sha256 varchar,
    around_chars integer,
    ways_to_write integer,
    snapshot_id integer not null,
    primary key (page_id, read_at)
);
comment on table store.readings is 'What was noted of each reading in full, so that an unchanged page need not be read.';
