-- 0053 up to which step letters have told of a gathering: its state and one; what had ended before needs none
alter table gathering add column told {int} not null default 0;
update gathering set told = 6 where ended_at > 0;
