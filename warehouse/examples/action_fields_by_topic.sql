-- Which action fields do the Länder set up, by topic?
-- An action field belongs to every topic that has a word in its name or description; those without one come last.
with
    topic_words as (
        select page_id, topic, unnest(string_split(matched_in, ' | ')) as said
        from topics
    ),
    spelled as (
        select page_id, topic, array_to_string(regexp_extract_all(lower(said), '[\p{L}\p{N}]+'), ' ') as word
        from topic_words
    ),
    told as (
        select record_id, page_id,
            array_to_string(regexp_extract_all(lower(concat_ws(' ', name, description)), '[\p{L}\p{N}]+'), ' ') as words
        from action_fields
    ),
    matched as (
        select distinct told.record_id, spelled.topic
        from told
        join spelled on spelled.page_id = told.page_id
            and contains(concat(' ', told.words, ' '), concat(' ', spelled.word, ' '))
    )
select matched.topic, fields.land, fields.page_id, fields.group_name, fields.name
from action_fields as fields
left join matched using (record_id)
order by matched.topic nulls last, fields.land, fields.page_id, fields.position;
