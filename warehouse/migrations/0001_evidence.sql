-- Runs, what they were told to visit, what they brought back.

create table store.snapshots (
    snapshot_id integer primary key,
    run_id varchar not null unique,
    night_key varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    observed_at timestamptz not null,
    extractor varchar not null,
    knows_catalogue boolean not null,
    pages_total integer not null,
    pages_verified integer not null,
    pages_not_modified integer not null,
    pages_suspect integer not null,
    pages_blocked integer not null,
    pages_gone integer not null,
    pages_failed integer not null,
    changes integer not null,
    notes json not null
);
comment on table store.snapshots is 'One row a run; run_id makes loading idempotent.';

create table store.declarations (
    declaration_id varchar primary key,
    page_id varchar not null,
    land varchar not null,
    url varchar not null,
    kind varchar not null,
    is_official boolean not null,
    publisher varchar not null,
    title varchar
);
comment on table store.declarations is 'What the catalogue said of a page, known by its content; never updated.';

-- verdict is null where the catalogue declares a page that this run did not ask.
create table store.visits (
    snapshot_id integer not null,
    page_id varchar not null,
    declaration_id varchar not null,
    verdict varchar,
    detail varchar not null
);
comment on table store.visits is 'One row for every page that a run knew of: under which declaration, with which verdict.';

create table store.captures (
    capture_id varchar primary key,
    snapshot_id integer not null,
    page_id varchar not null,
    resource varchar not null,
    attempt integer not null,
    url varchar not null,
    final_url varchar not null,
    redirects integer not null,
    observed_at timestamptz not null,
    requested_at timestamptz not null,
    status integer,
    verdict varchar not null,
    detail varchar not null,
    body_sha256 varchar,
    content_sha256 varchar,
    text_chars integer,
    bytes bigint,
    media_type varchar,
    encoding varchar,
    encoding_source varchar,
    etag varchar,
    last_modified varchar,
    warc_file varchar,
    warc_offset bigint,
    error varchar,
    seconds double not null
);
comment on table store.captures is 'One row for every exchange with a page or with a file that it links.';

create table store.files (
    page_id varchar not null,
    url varchar not null,
    fetched_in_full_at timestamptz not null,
    sha256 varchar not null,
    media_type varchar,
    bytes bigint not null,
    n_pages integer,
    title varchar,
    validator_url varchar not null,
    etag varchar,
    last_modified varchar,
    snapshot_id integer not null,
    primary key (page_id, url, fetched_in_full_at)
);
comment on table store.files is 'Linked files as fetched: what a conditional request and a comparison need.';
