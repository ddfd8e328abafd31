-- 0067 which places in the lists their owners are asked about, what they answer, and what the answers told of a linkage
create table gathering_question (
    round {int} not null references gathering (round),
    number {int} not null,
    list_a {int} not null references gathering_list (id),
    place_a {int} not null,
    list_b {int} not null references gathering_list (id),
    place_b {int} not null,
    primary key (round, number)
) {strict};

create table gathering_answer (
    round {int} not null,
    number {int} not null,
    list {int} not null references gathering_list (id),
    answer {text} not null check (answer in ('same', 'other', 'unsure')),
    primary key (round, number, list),
    foreign key (round, number) references gathering_question (round, number)
) {strict};

create table gathering_accuracy (
    round {int} primary key references gathering (round),
    asked {int} not null,
    answered {int} not null,
    right_share {int} not null,
    right_low {int} not null,
    right_high {int} not null,
    found_share {int} not null,
    found_low {int} not null,
    found_high {int} not null
) {strict};

alter table gathering add column asked_at {int} not null default 0;
alter table gathering add column questions_deleted {int} not null default 0;
alter table gathering add column answers_deleted {int} not null default 0;
