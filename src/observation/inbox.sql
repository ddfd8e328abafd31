-- 0047 the inbox in its order, and the line of the register of each report
create index observation_open on observation (lane, received_on, id);
create index register_entry_of on register_entry (observation);
