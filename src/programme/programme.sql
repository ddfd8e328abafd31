-- 0033 a programme: the cities that take part, inhabitants, the ledger of releases and of what was pooled
create table programme (
    id {int} primary key check (id = 1),
    made_at {int} not null
) {strict};

create table programme_city (
    id {id},
    municipality {text} not null unique check (length(municipality) = 4),
    name {text} not null,
    public_key {text} not null check (length(public_key) = 64),
    joined_at {int} not null,
    withdrawn_at {int} not null
) {strict};

create table programme_population (
    municipality {text} not null,
    year {int} not null,
    people {int} not null check (people > 0),
    primary key (municipality, year)
) {strict};

create table programme_release (
    id {id},
    city {int} not null references programme_city (id),
    name {text} not null,
    manifest_hash {text} not null unique check (length(manifest_hash) = 64),
    public_key {text} not null check (length(public_key) = 64),
    taken_at {int} not null,
    taken_by {text} not null
) {strict};

create table programme_pooling (
    id {id},
    pooled_at {int} not null,
    pooled_by {text} not null,
    hash {text} not null check (length(hash) = 64)
) {strict};

create table programme_pooled (
    pooling {int} not null references programme_pooling (id),
    release {int} not null references programme_release (id),
    primary key (pooling, release)
) {strict};

-- 0034 the ledger of a programme is append-only
create trigger programme_release_is_never_changed before update on programme_release
begin
    select raise(abort, 'the ledger of a programme is append-only');
end;

create trigger programme_release_is_never_removed before delete on programme_release
begin
    select raise(abort, 'the ledger of a programme is append-only');
end;

create trigger programme_pooling_is_never_changed before update on programme_pooling
begin
    select raise(abort, 'the ledger of a programme is append-only');
end;

create trigger programme_pooling_is_never_removed before delete on programme_pooling
begin
    select raise(abort, 'the ledger of a programme is append-only');
end;
