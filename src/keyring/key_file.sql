-- 0001 who can open what is sealed
create table recipient (
    id {id},
    account {int} not null,
    state {text} not null check (state in ('waiting', 'active', 'removed')),
    public_key {blob} not null unique check (length(public_key) = 32),
    wrap {blob} not null,
    asked_on {text} not null,
    confirmed_by {int} references recipient (id),
    removed_on {text}
) {strict};

create unique index recipient_of_account on recipient (account) where state <> 'removed';

create table recovery (
    id {int} primary key check (id = 1),
    public_key {blob} not null check (length(public_key) = 32),
    needed {int} not null,
    shares {int} not null check (shares >= needed),
    made_on {text} not null
) {strict};

create table reporter (
    seal {blob} primary key check (length(seal) = 16),
    lookup {blob} not null unique check (length(lookup) = 16),
    public_key {blob} not null check (length(public_key) = 32),
    wrap {blob} not null
) {strict};

create table key_copy (
    seal {blob} not null check (length(seal) = 16),
    generation {int} not null,
    holder {int} not null,
    bytes {blob} not null,
    primary key (seal, generation, holder)
) {strict};

create index key_copy_of_holder on key_copy (holder);

-- 0002 a recovery that is under way, and the shares that have been given
create table regain (
    id {int} primary key check (id = 1),
    seal {blob} not null check (length(seal) = 16),
    account {int} not null,
    public_key {blob} not null check (length(public_key) = 32),
    wrap {blob} not null,
    asked_on {text} not null,
    wrong {int} not null
) {strict};

create table given_share (
    number {int} primary key check (number between 1 and 16),
    given_by {int} not null,
    given_on {text} not null,
    bytes {blob} not null
) {strict};

-- 0003 the same secret key, wrapped by what a passkey gives
create table passkey_wrap (
    recipient {int} not null references recipient (id),
    credential {blob} not null check (length(credential) between 1 and 1023),
    wrap {blob} not null,
    made_on {text} not null,
    primary key (recipient, credential)
) {strict};
