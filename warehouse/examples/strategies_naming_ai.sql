-- Which strategies name artificial intelligence, and since when?
-- "Since" is the first time that we saw it; a page that named it before our first visit may have done so for longer.
select topics.land, topics.page_id, pages.title, min(topics.valid_from) as named_since,
    bool_or(topics.valid_to is null) as names_it_now, arg_max(topics.matched_in, topics.valid_from) as in_the_words
from topics_history as topics
join pages using (page_id)
where topics.topic = 'Künstliche Intelligenz'
group by topics.land, topics.page_id, pages.title
order by named_since, topics.page_id;
