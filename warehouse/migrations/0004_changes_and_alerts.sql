-- What changed, what is wrong, and who was told.

create table store.changes (
    change_id varchar primary key,
    snapshot_id integer not null,
    page_id varchar not null,
    land varchar not null,
    before_version_id varchar not null,
    after_version_id varchar not null,
    not_before timestamptz not null,
    not_after timestamptz not null,
    entity varchar not null,
    entity_key varchar not null,
    kind varchar not null,
    field varchar,
    before varchar,
    after varchar,
    summary varchar not null,
    section varchar,
    cause varchar not null,
    class varchar not null,
    significance double not null,
    alerts boolean not null
);
comment on table store.changes is 'Typed differences between successive versions of a page.';

create table store.incident_events (
    incident_id varchar not null,
    happened_at timestamptz not null,
    action varchar not null,
    snapshot_id integer not null,
    page_id varchar,
    kind varchar not null,
    detail varchar not null,
    alerts boolean not null,
    primary key (incident_id, happened_at, action)
);
comment on table store.incident_events is 'The life of an incident: opened, updated, closed; append-only.';

create table store.alerts (
    alert_id varchar primary key,
    key varchar not null unique,
    created_at timestamptz not null,
    snapshot_id integer,
    kind varchar not null,
    page_id varchar,
    change_ids varchar[] not null,
    incident_ids varchar[] not null,
    route varchar not null,
    subject varchar not null,
    body varchar not null
);
comment on table store.alerts is 'Messages, written in the transaction of what they tell.';

create table store.deliveries (
    alert_id varchar not null,
    channel varchar not null,
    queued_at timestamptz not null,
    primary key (alert_id, channel)
);
comment on table store.deliveries is 'Which message goes through which channel.';

-- status is delivered, failed, parked or requeued; next_attempt_at is set where another attempt is to follow.
create table store.delivery_attempts (
    alert_id varchar not null,
    channel varchar not null,
    attempt integer not null,
    attempted_at timestamptz not null,
    status varchar not null,
    response varchar not null,
    next_attempt_at timestamptz,
    primary key (alert_id, channel, attempt)
);
comment on table store.delivery_attempts is 'What came of each attempt to deliver; append-only.';
