-- How do the Länder compare: strategies, action fields, goals, figures, and since when seen?
select pages.land, count(distinct pages.page_id) as pages,
    (select count(*) from strategies where strategies.land = pages.land) as strategies,
    (select count(*) from action_fields where action_fields.land = pages.land) as action_fields,
    (select count(*) from goals where goals.land = pages.land) as goals,
    (select count(*) from figures where figures.land = pages.land) as figures,
    max(pages.last_verified_at) as last_verified_at
from pages
group by pages.land
order by pages.land;
