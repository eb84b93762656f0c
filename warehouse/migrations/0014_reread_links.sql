-- Where the links of a body lead as a rebuild reads it, so that links that lead elsewhere are told anew, too.

alter table store.rereadings add column links json;
