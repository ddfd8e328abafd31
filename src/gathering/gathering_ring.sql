-- 0058 lists that go round: which kinds of match keys, as they were when they set out, and who has raised them
alter table gathering add column match_keys {int} not null default 0;
alter table gathering_list add column started {blob};
alter table gathering_list add column passed {int} not null default 0;
alter table gathering_list add column turn_told {int} not null default 0;
