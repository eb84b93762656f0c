-- What really changed in the last 30 days, net of what came and went, most telling first?
select land, page_id, entity, kind, field, "before", "after", not_before, not_after, steps
from changes_between(
    (select max(observed_at) from snapshots where kind = 'refresh') - interval 30 days,
    (select max(observed_at) from snapshots where kind = 'refresh')
)
where cause = 'page' and "class" in ('content', 'return')
order by significance desc, not_after desc, change_id;
