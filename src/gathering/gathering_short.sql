-- 0048 when the coordinator agreed that lists of a few people are linked
alter table gathering add column short_at {int} not null default 0;
