-- In which language a page was read, so that another one is noticed.

alter table store.captures add column text_language varchar;
