-- Where the links of a page led when they were last seen: their addresses are no part of a version.

create table store.links_seen (
    page_id varchar not null,
    observed_at timestamptz not null,
    links json not null,
    snapshot_id integer not null,
    primary key (page_id, observed_at)
);
comment on table store.links_seen is
    'The links of a page to other pages, one row whenever they were not those of the row before: label, address, section.';
