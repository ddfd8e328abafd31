-- 0003 the ledger of releases
create table release (
    id {id},
    name {text} not null unique,
    mapping {int} not null references mapping (id),
    first_year {int} not null,
    last_year {int} not null check (last_year >= first_year),
    published_at {int} not null,
    published_by {text} not null,
    title_sv {text} not null,
    title_en {text} not null,
    is_example {int} not null check (is_example in (0, 1)),
    profile {text} not null,
    base {int} not null,
    manifest_hash {text} not null check (length(manifest_hash) = 64)
) {strict};

-- 0004 the ledger of releases is append-only
create trigger release_is_never_changed before update on release
begin
    select raise(abort, 'the ledger of releases is append-only');
end;

create trigger release_is_never_withdrawn before delete on release
begin
    select raise(abort, 'the ledger of releases is append-only');
end;

-- 0030 releases that a later version corrects, and releases that are withdrawn
create table release_correction (
    release {int} primary key references release (id),
    corrects {int} not null unique references release (id) check (corrects < release),
    reason {text} not null check (length(reason) > 0)
) {strict};

create table release_withdrawal (
    release {int} primary key references release (id),
    at {int} not null,
    by {text} not null,
    reason {text} not null check (length(reason) > 0)
) {strict};

create trigger correction_is_never_changed before update on release_correction
begin
    select raise(abort, 'the ledger of releases is append-only');
end;

create trigger correction_is_never_removed before delete on release_correction
begin
    select raise(abort, 'the ledger of releases is append-only');
end;

create trigger withdrawal_is_never_changed before update on release_withdrawal
begin
    select raise(abort, 'the ledger of releases is append-only');
end;

create trigger withdrawal_is_never_removed before delete on release_withdrawal
begin
    select raise(abort, 'the ledger of releases is append-only');
end;

-- 0068 which releases are rounded with the key of the examples, so that a later version is rounded as the earlier
alter table release add column has_example_key {int} not null default 0 check (has_example_key in (0, 1));
