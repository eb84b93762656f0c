-- Which action fields do the Länder set up, by topic?
-- An action field belongs to every topic whose matched words stand in its name or description.
select topics.topic, fields.land, fields.page_id, fields.group_name, fields.name
from action_fields as fields
join topics using (page_id)
where exists (
    select 1
    from (select unnest(string_split(topics.matched_in, '|')) as word) as words
    where contains(lower(concat_ws(' ', fields.name, fields.description)), lower(trim(words.word)))
)
order by topics.topic, fields.land, fields.page_id, fields.position;
