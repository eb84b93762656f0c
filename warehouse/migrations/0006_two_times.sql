-- What a page showed is one time, when we knew it another: runs that read anew or add older captures, and what they found.

alter table store.snapshots add column kind varchar default 'refresh';
comment on column store.snapshots.kind is 'refresh, backfill or rebuild.';

create table store.rereadings (
    capture_id varchar not null,
    extractor varchar not null,
    documents varchar not null,
    version_id varchar not null,
    primary key (capture_id, extractor, documents)
);
comment on table store.rereadings is
    'Which version a kept body gives under an extractor, with the linked files as they were: what a rebuild need not read again.';

create table store.change_classes (
    change_id varchar not null,
    class varchar not null,
    snapshot_id integer not null,
    primary key (change_id, snapshot_id)
);
comment on table store.change_classes is
    'Classes of changes told otherwise since, because an older capture shows that a content had been there before.';
