-- Which page has gone unchanged for longest?
-- The time since its content was last seen to change; corrected spelling, order and links do not count, nor what only
-- our own reading changed.
with
    last_change as (
        select page_id, max(not_after) as changed_at
        from changes
        where cause = 'page' and "class" in ('content', 'return')
        group by page_id
    ),
    first_seen as (select page_id, min(observed_at) as first_at from observations group by page_id)
select pages.land, pages.page_id, pages.title, last_change.changed_at,
    coalesce(last_change.changed_at, first_seen.first_at) as unchanged_since,
    date_diff('day', coalesce(last_change.changed_at, first_seen.first_at), pages.last_verified_at) as days
from pages
join first_seen using (page_id)
left join last_change using (page_id)
order by unchanged_since, pages.page_id;
