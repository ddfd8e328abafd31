-- 0012 seminars, who is invited and who comes
create table seminar (
    id {id},
    uid {text} not null unique,
    state {text} not null check (state in ('draft', 'open', 'cancelled')),
    title {text} not null check (length(title) > 0),
    about {text} not null,
    speakers {text} not null,
    place {text} not null,
    access {text} not null,
    held_on {text} not null,
    from_minute {int} not null check (from_minute between 0 and 1439),
    to_minute {int} not null check (to_minute between 1 and 1440 and to_minute > from_minute),
    seats {int} not null check (seats between 1 and 10000),
    last_day {text} not null,
    sequence {int} not null default 0,
    version {int} not null default 1,
    is_reminding {int} not null default 1 check (is_reminding in (0, 1)),
    reminded_at {int},
    told_at {int},
    thanked_at {int},
    code {text} not null default '',
    made_at {int} not null,
    changed_at {int} not null
) {strict};

create table seminar_invitation (
    id {id},
    seminar {int} not null references seminar (id),
    organisation {int},
    actor {text} not null,
    organisation_name {text} not null,
    name {text} not null,
    address {text} not null,
    language {text} not null check (language in ('sv', 'en')),
    nonce {text} not null,
    answer {text} not null default 'none' check (answer in ('none', 'yes', 'no', 'other')),
    invited_at {int} not null,
    answered_at {int},
    reminded_at {int},
    unique (seminar, address)
) {strict};

create table seminar_signup (
    id {id},
    seminar {int} not null references seminar (id),
    invitation {int} references seminar_invitation (id),
    organisation {int},
    actor {text} not null,
    organisation_name {text} not null,
    name {text} not null,
    address {text} not null,
    language {text} not null check (language in ('sv', 'en')),
    needs {text} not null default '',
    wants_letters {int} not null check (wants_letters in (0, 1)),
    state {text} not null check (state in ('unconfirmed', 'confirmed', 'cancelled', 'expired')),
    is_seated {int} not null check (is_seated in (0, 1)),
    place {int} not null,
    nonce {text} not null,
    sequence {int} not null default 0,
    arrived_at {int} not null,
    lettered_at {int} not null,
    expires_at {int},
    confirmed_at {int},
    came_at {int},
    is_evaluated {int} not null default 0 check (is_evaluated in (0, 1)),
    unique (seminar, address),
    check (is_seated = 0 or state in ('unconfirmed', 'confirmed'))
) {strict};

create unique index seminar_signup_place on seminar_signup (seminar, place);
create index seminar_signup_seated on seminar_signup (seminar) where is_seated = 1;
create index seminar_signup_expiry on seminar_signup (expires_at) where state = 'unconfirmed';

-- 0013 what those who came thought, without who they are
create table seminar_evaluation (
    id {id},
    seminar {int} not null references seminar (id),
    useful {int} not null check (useful between 1 and 5),
    acts {int} not null check (acts in (0, 1)),
    words {text} not null
) {strict};

create index seminar_evaluation_of on seminar_evaluation (seminar);

create table seminar_count (
    seminar {int} not null references seminar (id),
    actor {text} not null,
    invited {int} not null,
    signed_up {int} not null,
    came {int} not null,
    primary key (seminar, actor)
) {strict};
