-- One table for each record type of transform.records; a record is known by its version and its rank there.

create table store.strategies (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    title varchar not null,
    kind varchar not null,
    adopted_on varchar,
    adopted_precision varchar,
    horizon_from bigint,
    horizon_to bigint,
    predecessor varchar,
    successor varchar,
    status varchar,
    authority varchar,
    variants varchar,
    status_evidence varchar
);

create table store.sections (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    level bigint not null,
    heading varchar not null,
    path varchar not null,
    text varchar not null
);

create table store.action_fields (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    name varchar not null,
    group_name varchar,
    description varchar
);

create table store.goals (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    text varchar not null
);

create table store.list_items (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    text varchar not null,
    role varchar,
    intro varchar,
    declared_count bigint,
    list_no bigint not null
);

create table store.figures (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    value double not null,
    comparator varchar not null,
    qualifier varchar,
    unit varchar not null,
    scope varchar,
    value_to double,
    mentions bigint not null
);

create table store.dates (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    role varchar not null,
    start_on varchar not null,
    end_on varchar not null,
    precision varchar not null
);

create table store.contacts (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    name varchar,
    role varchar,
    organisation varchar,
    email varchar,
    phone varchar,
    address varchar
);

create table store.persons (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    name varchar not null,
    role varchar,
    organisation varchar,
    function varchar
);

create table store.quotes (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    speaker varchar,
    text varchar not null
);

create table store.events (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    name varchar not null,
    kind varchar,
    start_on varchar,
    end_on varchar,
    place varchar,
    organiser varchar
);

create table store.documents (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    label varchar not null,
    url varchar not null,
    media_type varchar,
    sha256 varchar,
    bytes bigint,
    n_pages bigint,
    title varchar
);

create table store.links (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    label varchar not null,
    url varchar not null
);

create table store.topics (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    topic varchar not null,
    matched_in varchar not null
);

create table store.findings (
    version_id varchar not null,
    ordinal integer not null,
    position bigint not null,
    section varchar,
    evidence varchar not null,
    type varchar not null,
    detail varchar not null
);
