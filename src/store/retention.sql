-- 0014 how long things are kept, and what has been deleted
create table retention_run (
    id {id},
    at {int} not null,
    who {text} not null
) {strict};

create table retention_deleted (
    run {int} not null references retention_run (id),
    class {text} not null,
    n {int} not null check (n > 0),
    primary key (run, class)
) {strict};

create table retention_time (
    id {id},
    class {text} not null,
    months {int} not null check (months between 0 and 1200),
    days {int} not null check (days between 0 and 3660),
    decided_on {text} not null,
    decision {text} not null check (length(decision) > 0),
    proposed_by {text} not null,
    proposed_at {int} not null,
    confirmed_by {text} check (confirmed_by <> proposed_by),
    confirmed_at {int},
    check (months + days > 0),
    check ((confirmed_by is null) = (confirmed_at is null))
) {strict};

create table retention_freeze (
    id {id},
    reason {text} not null check (length(reason) > 0),
    since_at {int} not null,
    frozen_by {text} not null,
    until_at {int},
    thawed_by {text}
) {strict};
