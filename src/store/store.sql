-- 0001 the city, its audit log and the log's head
create table city (
    id {int} primary key check (id = 1),
    municipality {text} not null check (length(municipality) = 4),
    name {text} not null,
    is_example {int} not null check (is_example in (0, 1)),
    created_at {int} not null
) {strict};

create table audit (
    id {int} primary key,
    at {int} not null,
    who {text} not null,
    action {text} not null,
    subject {int} not null,
    detail {text} not null,
    hash {blob} not null
) {strict};

create table audit_head (
    id {int} primary key check (id = 1),
    last {int} not null,
    hash {blob} not null
) {strict};

create trigger audit_is_never_changed before update on audit
begin
    select raise(abort, 'the audit log is append-only');
end;

create trigger audit_is_never_shortened before delete on audit
begin
    select raise(abort, 'the audit log is append-only');
end;

-- 0019 in which role somebody acted, and why
alter table audit add column role {text} not null default '';

alter table audit add column why {text} not null default '';
