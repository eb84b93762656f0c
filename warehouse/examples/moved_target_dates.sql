-- Which Länder moved a target date this quarter?
-- Horizons of strategies and dates on their pages that the page changed since the quarter began, before and after.
select changes.land, changes.page_id, changes.entity, changes.field, changes."before", changes."after",
    changes.not_after as seen_on
from changes
where changes.cause = 'page'
    and (
        (changes.entity = 'strategy' and changes.field in ('horizon_from', 'horizon_to'))
        or changes.entity = 'date'
        or (changes.entity = 'event' and changes.field in ('start_on', 'end_on'))
    )
    and changes.not_after >= date_trunc('quarter', (select max(observed_at) from snapshots where kind = 'refresh'))
order by changes.land, changes.page_id, changes.not_after;
