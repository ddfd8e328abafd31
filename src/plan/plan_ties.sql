-- 0054 what a measure waits for, and the pages of the program that show why it is needed
create table plan_wait (
    measure {int} not null references plan_measure (id),
    waits_for {int} not null references plan_measure (id),
    primary key (measure, waits_for),
    check (measure <> waits_for)
) {strict};

create table plan_link (
    measure {int} not null references plan_measure (id),
    kind {text} not null check (kind in ('release', 'situations', 'seminar')),
    path {text} not null,
    title {text} not null,
    primary key (measure, path)
) {strict};

create table plan_decided_wait (
    decision {int} not null references plan_decision (id),
    measure {int} not null references plan_measure (id),
    waits_for {int} not null references plan_measure (id),
    primary key (decision, measure, waits_for)
) {strict};

create table plan_decided_link (
    decision {int} not null references plan_decision (id),
    measure {int} not null references plan_measure (id),
    kind {text} not null,
    path {text} not null,
    title {text} not null,
    primary key (decision, measure, path)
) {strict};

create trigger plan_decided_wait_is_never_changed before update on plan_decided_wait
begin
    select raise(abort, 'a decided plan is never changed');
end;

create trigger plan_decided_wait_is_never_shortened before delete on plan_decided_wait
begin
    select raise(abort, 'a decided plan is never changed');
end;

create trigger plan_decided_link_is_never_changed before update on plan_decided_link
begin
    select raise(abort, 'a decided plan is never changed');
end;

create trigger plan_decided_link_is_never_shortened before delete on plan_decided_link
begin
    select raise(abort, 'a decided plan is never changed');
end;

-- 0055 the link by which an owner tells how its measures go, from the latest letter
create table plan_owner_link (
    owner {int} primary key references organisation (id),
    contact {int} not null,
    nonce {text} not null,
    sent_at {int} not null,
    followed_at {int} not null
) {strict};
