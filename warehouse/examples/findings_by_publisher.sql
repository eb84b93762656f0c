-- Which publishers' pages have defects, and of what kind?
-- Announced and missing lists, counts that do not match, placeholders, doubled paragraphs.
select pages.publisher, findings.type, count(*) as findings, count(distinct findings.page_id) as pages,
    any_value(findings.evidence) as for_example
from findings
join pages using (page_id)
group by pages.publisher, findings.type
order by pages.publisher, findings desc, findings.type;
