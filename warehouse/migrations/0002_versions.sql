-- What pages said, and when they said it.

create table store.versions (
    version_id varchar primary key,
    page_id varchar not null,
    land varchar not null,
    content_sha256 varchar not null,
    extractor varchar not null,
    title varchar not null,
    publisher varchar not null,
    kicker varchar,
    language varchar,
    text_chars integer,
    n_records integer not null,
    capture_id varchar,
    snapshot_id integer not null,
    created_at timestamptz not null
);
comment on table store.versions is 'The complete set of a page''s records under one extractor; immutable.';

-- reading counts how often the same moment was read anew into another version (a rebuild); the greatest one stands.
create table store.observations (
    page_id varchar not null,
    observed_at timestamptz not null,
    reading integer not null,
    version_id varchar not null,
    content_sha256 varchar not null,
    url varchar not null,
    snapshot_id integer not null,
    primary key (page_id, observed_at, reading)
);
comment on table store.observations is 'Page P showed version V at time T; append-only.';

create table store.quarantine (
    snapshot_id integer not null,
    page_id varchar not null,
    version_id varchar not null,
    table_name varchar not null,
    rule varchar not null,
    column_name varchar,
    failing_value varchar,
    record json not null
);
comment on table store.quarantine is 'Records that broke a rule, kept whole.';
