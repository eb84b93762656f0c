-- How did a Land's figures develop?
-- Every figure by Land, page and unit with the time for which it stood; valid_to is NULL while it stands.
select land, page_id, section, unit, qualifier, value, min(valid_from) as valid_from,
    case when bool_or(valid_to is null) then null else max(valid_to) end as valid_to
from figures_history
group by land, page_id, section, unit, qualifier, value
order by land, page_id, unit, section, min(valid_from);
