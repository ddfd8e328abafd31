-- 0021 passwords
create table password (
    person {int} primary key references person (id),
    hash {text} not null,
    set_at {int} not null
) {strict};
