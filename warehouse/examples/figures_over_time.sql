-- How did a Land's figures develop?
-- Every figure by Land, page and unit with the times for which it stood, one row for each time; valid_to is NULL while
-- it stands.
with
    shown as (
        select distinct land, page_id, section, unit, qualifier, value, valid_from, valid_to
        from figures_history
    ),
    begun as (
        select *, valid_from is distinct from lag(valid_to) over same as begins
        from shown
        window same as (partition by land, page_id, section, unit, qualifier, value order by valid_from)
    ),
    stretches as (
        select *, count_if(begins) over same as stretch
        from begun
        window same as (partition by land, page_id, section, unit, qualifier, value order by valid_from)
    )
select land, page_id, section, unit, qualifier, value, min(valid_from) as valid_from,
    case when bool_or(valid_to is null) then null else max(valid_to) end as valid_to
from stretches
group by land, page_id, section, unit, qualifier, value, stretch
order by land, page_id, unit, section, min(valid_from);
