-- Where does a figure come from: element on the page, version, capture, file, offset and hash?
-- 'strategiemonitor evidence RECORD_ID' bundles the same as files.
select figures.record_id, figures.value, figures.unit, figures.evidence, versions.extractor, captures.observed_at,
    captures.final_url, captures.body_sha256, captures.warc_file, captures.warc_offset
from figures
join versions using (version_id)
left join captures on captures.page_id = versions.page_id and captures.capture_id = versions.capture_id
order by figures.page_id, figures.position, figures.record_id;
