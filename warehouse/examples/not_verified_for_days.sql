-- Which pages have not been verified for seven days or more?
-- The records of such a page stand as of last_verified_at; verdict says what the last run met with.
select land, page_id, url, last_verified_at, age_days, verdict
from pages
where age_days is null or age_days >= 7
order by age_days desc nulls first, page_id;
