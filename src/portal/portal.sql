-- 0020 people, their roles, their sessions, and forms that have been sent
create table person (
    id {id},
    email {text} not null unique,
    name {text} not null,
    language {text} not null check (language in ('sv', 'en')),
    state {text} not null check (state in ('active', 'closed')),
    made_at {int} not null,
    signed_in_at {int} not null,
    version {int} not null
) {strict};

create table person_role (
    person {int} not null references person (id),
    role {text} not null,
    primary key (person, role)
) {strict};

create table session (
    id {id},
    hash {blob} not null unique,
    person {int} not null references person (id),
    stage {text} not null check (stage in ('half', 'whole')),
    method {text} not null,
    device {text} not null,
    made_at {int} not null,
    seen_at {int} not null
) {strict};

create index session_of_person on session (person);

create table form_sent (
    once {blob} primary key,
    at {int} not null,
    address {text} not null
) {strict};

create index form_sent_by_time on form_sent (at);

create table portal_key (
    id {int} primary key check (id = 1),
    key {blob} not null
) {strict};

-- 0061 how far the city's doors are shut during an incident
create table doors (
    id {int} primary key check (id = 1),
    state {int} not null check (state between 0 and 3),
    since_at {int} not null
) {strict};
