-- Changes whose interval reaches back behind observations that rested on a validator which lied.

alter table store.changes add column is_widened boolean;
