-- Messages in two forms and two languages, when they are due, and several of them as one.

alter table store.alerts add column html varchar;
alter table store.alerts add column language varchar;
alter table store.alerts add column is_digest boolean;
alter table store.alerts add column due_at timestamptz;

create table store.digests (
    digest_id varchar not null,
    channel varchar not null,
    created_at timestamptz not null,
    route varchar not null,
    kind varchar not null,
    language varchar not null,
    subject varchar not null,
    body varchar not null,
    html varchar not null,
    primary key (digest_id, channel)
);
comment on table store.digests is 'Several messages of a route as one on a channel; its attempts are in delivery_attempts.';

create table store.digest_members (
    alert_id varchar not null,
    channel varchar not null,
    digest_id varchar not null,
    primary key (alert_id, channel)
);
comment on table store.digest_members is 'Which messages a digest holds; each goes out with at most one on a channel.';
