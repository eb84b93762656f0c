-- Why a change matters as much as it does.

alter table store.changes add column significance_reason varchar;
