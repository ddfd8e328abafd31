-- 0024 passkeys
create table passkey (
    id {id},
    person {int} not null references person (id),
    credential {blob} not null unique,
    public_key {blob} not null,
    algorithm {int} not null,
    counter {int} not null,
    name {text} not null,
    made_at {int} not null,
    used_at {int} not null
) {strict};

create index passkey_of_person on passkey (person);
