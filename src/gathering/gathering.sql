-- 0042 lists that agencies encode where they are, and hand in sealed, for a mapping under way
create table gathering (
    round {int} primary key references mapping_round (id),
    project {text} not null,
    name {text} not null,
    terms {blob} not null,
    ends_on {text} not null,
    reader {blob},
    reader_by {int} references person (id),
    is_whole {int} not null default 0 check (is_whole in (0, 1)),
    secret {blob},
    ended_at {int} not null default 0,
    unique (project, name)
) {strict};

create table gathering_list (
    id {id},
    round {int} not null references gathering (round),
    keeper {int} not null references person (id),
    name {text} not null,
    open_key {blob} not null,
    digits {text} not null default '' check (digits in ('', 'same', 'other')),
    encodings {blob},
    bytes {int} not null default 0,
    people {int} not null default 0,
    handed_in_at {int} not null default 0,
    receipt_at {int} not null default 0,
    unique (round, keeper),
    unique (round, name)
) {strict};

create table gathering_field (
    list {int} not null references gathering_list (id),
    name {text} not null,
    missing {int} not null,
    primary key (list, name)
) {strict};
