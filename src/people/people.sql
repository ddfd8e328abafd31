-- 0025 links that let a person choose a password: invitations, and after a reset
create table welcome (
    person {int} primary key references person (id),
    hash {blob} not null unique,
    reason {text} not null check (reason in ('invitation', 'reset')),
    made_at {int} not null,
    ends_at {int} not null
) {strict};
