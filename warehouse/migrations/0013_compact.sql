-- What follows from the rest of a row is not stored (docs/decisions/0019): a capture's id where it is the hash of page,
-- address, time and attempt, a final address and a time of request that are those beside them, and the content of an
-- observation, which its version has.  Neither table has a key any longer: their indexes were larger than they, and
-- loading asks for what is there already (store.all_captures gives the rows whole).

create table store.captures_compact (
    capture_id varchar,
    snapshot_id integer not null,
    page_id varchar not null,
    resource varchar not null,
    attempt integer not null,
    url varchar not null,
    final_url varchar,
    redirects integer not null,
    observed_at timestamptz not null,
    requested_at timestamptz,
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
    seconds double not null,
    text_language varchar
);
insert into store.captures_compact by name
select
    * replace (
        nullif(
            capture_id,
            left(
                sha256(
                    '["capture", ' || to_json(page_id)::varchar || ', ' || to_json(url)::varchar || ', "'
                    || strftime(make_timestamp(epoch_us(requested_at)), '%Y-%m-%dT%H:%M:%S')
                    || case
                        when epoch_us(requested_at) % 1000000 = 0 then ''
                        else strftime(make_timestamp(epoch_us(requested_at)), '.%f')
                    end
                    || '+00:00", ' || attempt || ']'
                ),
                32
            )
        ) as capture_id,
        nullif(final_url, url) as final_url,
        nullif(requested_at, observed_at) as requested_at,
        round(seconds, 3) as seconds
    )
from store.captures
order by page_id, observed_at;
drop table store.captures;
alter table store.captures_compact rename to captures;
comment on table store.captures is 'One row for every exchange with a page or with a file that it links.';

create table store.observations_compact (
    page_id varchar not null,
    observed_at timestamptz not null,
    reading integer not null,
    version_id varchar not null,
    url varchar not null,
    snapshot_id integer not null
);
insert into store.observations_compact by name
select page_id, observed_at, reading, version_id, url, snapshot_id
from store.observations
order by page_id, observed_at;
drop table store.observations;
alter table store.observations_compact rename to observations;
comment on table store.observations is 'Page P showed version V at time T; append-only.';
