-- 0010 reports of situations: what may stand in the clear
create table observation (
    id {id},
    seal {blob} not null unique check (length(seal) = 16),
    once {blob} not null unique check (length(once) = 32),
    channel {text} not null check (channel in ('member', 'anyone', 'paper')),
    received_on {text} not null,
    lane {text} not null check (lane in ('open', 'parked')),
    state {text} not null check (state in ('new', 'assessed', 'waiting', 'referred', 'closed')),
    is_withdrawn {int} not null check (is_withdrawn in (0, 1)),
    is_counted {int} not null check (is_counted in (0, 1)),
    closed_on {text},
    held_reason {text}
) {strict};

create table register_entry (
    year {int} not null,
    number {int} not null check (number > 0),
    observation {int} references observation (id),
    received_on {text} not null,
    sender {text} not null check (sender in ('member', 'anyone', 'paper')),
    decision {text} not null,
    decided_on {text},
    disposed_on {text},
    primary key (year, number)
) {strict};

create table observation_message (
    observation {int} not null references observation (id),
    number {int} not null check (number > 0),
    sender {text} not null check (sender in ('reporter', 'city')),
    sent_on {text} not null,
    primary key (observation, number)
) {strict};

create table referral (
    id {id},
    observation {int} not null references observation (id),
    receiver {text} not null,
    ground {text} not null,
    referred_on {text} not null
) {strict};

create table redirection (
    kind {text} not null check (kind in ('child', 'danger', 'workplace')),
    actor {text} not null,
    hour {int} not null check (hour % 3600 = 0)
) {strict};

-- 0011 what was learnt from reports, no longer tied to any; requests to see them; outreach
create table situation_count (
    month {text} not null check (length(month) = 7),
    actor {text} not null,
    form {text} not null,
    area {text} not null,
    place {text} not null,
    n {int} not null check (n > 0),
    primary key (month, actor, form, area, place)
) {strict};

create table indicator_outcome (
    indicator {text} not null,
    outcome {text} not null check (outcome in ('ordinary', 'referred', 'confirmed')),
    n {int} not null check (n > 0),
    primary key (indicator, outcome)
) {strict};

create table disclosure (
    id {id},
    year {int} not null,
    number {int} not null,
    asker {text} not null check (asker in ('police', 'authority', 'anyone')),
    ground {text} not null,
    their_reference {text} not null,
    asked_on {text} not null,
    is_urgent {int} not null check (is_urgent in (0, 1)),
    outcome {text} not null check (outcome in ('waiting', 'whole', 'masked', 'refused')),
    decided_on {text},
    foreign key (year, number) references register_entry (year, number)
) {strict};

create table outreach_evening (
    id {id},
    organisation {int} not null,
    held_on {text} not null,
    form {text} not null,
    contacts {int} not null check (contacts >= 0),
    new_contacts {int} not null check (new_contacts between 0 and contacts),
    offered {int} not null check (offered >= 0),
    accepted {int} not null check (accepted between 0 and offered),
    shared_on {text}
) {strict};

-- 0027 who holds a report back from disposal since when, and who has asked to let it go
alter table observation add column held_by {text} not null default '';
alter table observation add column held_on {text};
alter table observation add column release_asked_by {text} not null default '';

-- 0039 on what ground something was held back when a record was asked for
alter table disclosure add column secrecy {text} not null default '';

-- 0046 situations by the month they were counted in, which never changes once it is over
create table situation_told (
    month {text} not null check (length(month) = 7),
    form {text} not null,
    area {text} not null,
    n {int} not null check (n > 0),
    primary key (month, form, area)
) {strict};

insert into situation_told (month, form, area, n)
    select month, form, area, sum(n) from situation_count group by month, form, area;

-- 0048 what became of the signs, by the month of the decision: a month that is over never changes
create table sign_outcome (
    month {text} not null check (length(month) = 7),
    indicator {text} not null,
    outcome {text} not null check (outcome in ('ordinary', 'referred', 'confirmed')),
    n {int} not null check (n > 0),
    primary key (month, indicator, outcome)
) {strict};

insert into sign_outcome (month, indicator, outcome, n)
    select '0000-00', indicator, outcome, n from indicator_outcome;

drop table indicator_outcome;

-- 0049 one tally of situations: that of the months they were counted in
drop table situation_count;
