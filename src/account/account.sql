-- 0021 passwords
create table password (
    person {int} primary key references person (id),
    hash {text} not null,
    set_at {int} not null
) {strict};

-- 0023 what is shown beside the password
create table second_factor (
    person {int} primary key references person (id),
    secret {blob} not null,
    set_at {int} not null,
    last_step {int} not null,
    is_example {int} not null check (is_example in (0, 1))
) {strict};

create table recovery_code (
    person {int} not null references person (id),
    hash {blob} not null,
    primary key (person, hash)
) {strict};
