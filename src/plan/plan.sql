-- 0022 measures of the action plan, how they go, and the plan as it was decided
create table plan_measure (
    id {id},
    template {text} not null,
    goal {text} not null check (goal in ('detect', 'prevent', 'counter', 'support', 'coordinate')),
    title {text} not null,
    owner {int} references organisation (id),
    done_when {text} not null,
    deadline {text},
    legal {text} not null,
    evidence {text} not null,
    note {text} not null,
    state {text} not null check (state in ('waiting', 'under_way', 'done', 'paused')),
    reminded {int} not null,
    version {int} not null,
    removed_at {int}
) {strict};

create table plan_step (
    id {id},
    measure {int} not null references plan_measure (id),
    at {int} not null,
    state {text} not null check (state in ('waiting', 'under_way', 'done', 'paused')),
    note {text} not null
) {strict};

create index plan_step_of_measure on plan_step (measure, id);

create table plan_decision (
    id {id},
    decided_on {text} not null,
    number {text} not null,
    body {text} not null,
    made_at {int} not null
) {strict};

create table plan_decided (
    decision {int} not null references plan_decision (id),
    measure {int} not null references plan_measure (id),
    goal {text} not null,
    title {text} not null,
    owner {text} not null,
    done_when {text} not null,
    deadline {text},
    legal {text} not null,
    evidence {text} not null,
    primary key (decision, measure)
) {strict};

create trigger plan_decision_is_never_changed before update on plan_decision
begin
    select raise(abort, 'a decided plan is never changed');
end;

create trigger plan_decided_is_never_changed before update on plan_decided
begin
    select raise(abort, 'a decided plan is never changed');
end;

create trigger plan_decided_is_never_shortened before delete on plan_decided
begin
    select raise(abort, 'a decided plan is never changed');
end;

-- 0026 when the coordinators were last told which measures are late
create table plan_told (
    id {int} primary key check (id = 1),
    told_on {text} not null
) {strict};

-- 0028 plans that were read from a file and wait for somebody's yes
create table plan_import (
    id {id},
    name {text} not null,
    read_at {int} not null,
    read_by {text} not null,
    bytes {blob} not null
) {strict};
