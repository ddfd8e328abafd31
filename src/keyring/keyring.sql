-- 0006 sealed texts
create table sealed_text (
    id {id},
    seal {blob} not null check (length(seal) = 16),
    field {text} not null,
    generation {int} not null,
    box {blob} not null,
    unique (seal, field)
) {strict};

-- 0045 who holds the shares of the recovery key on paper
create table share_holder (
    number {int} primary key check (number between 1 and 16),
    account {int} not null unique references person (id),
    role {text} not null,
    named_on {text} not null
) {strict};
