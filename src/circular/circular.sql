-- 0040 circulars: one letter to many of the network, and who got it
create table circular (
    id {id},
    subject {text} not null,
    words {text} not null,
    language {text} not null check (language in ('sv', 'en')),
    actors {int} not null,
    version {int} not null,
    made_at {int} not null,
    sent_at {int},
    letters {int} not null default 0
) {strict};

create table circular_reader (
    id {id},
    circular {int} not null references circular (id),
    address {text} not null,
    nonce {text} not null,
    letter {int} not null,
    unique (circular, address)
) {strict};

-- 0044 which circulars are warnings: held to what a warning may say
alter table circular add column is_warning {int} not null default 0 check (is_warning in (0, 1));
