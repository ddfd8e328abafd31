-- 0015 organisations of the network, their contact people and what they took part in
create table organisation (
    id {id},
    name {text} not null check (length(name) > 0),
    folded {text} not null,
    number {text} check (length(number) = 11),
    actor {text} not null,
    state {text} not null check (state in ('listed', 'member', 'left')),
    wish {text} not null default '',
    since_at {int} not null,
    left_at {int},
    version {int} not null default 1,
    unique (number),
    check ((state = 'left') = (left_at is not null))
) {strict};

create table contact (
    id {id},
    organisation {int} not null references organisation (id),
    place {text} not null check (place in ('first', 'deputy', 'more')),
    name {text} not null check (length(name) > 0),
    folded {text} not null,
    role {text} not null default '',
    email {text} not null check (length(email) > 0),
    phone {text} not null default '',
    language {text} not null default 'sv' check (language in ('sv', 'en')),
    is_shown {int} not null default 0 check (is_shown in (0, 1)),
    wants_letters {int} not null default 1 check (wants_letters in (0, 1)),
    letters_changed_at {int},
    since_at {int} not null,
    seen_at {int} not null,
    left_at {int},
    version {int} not null default 1
) {strict};
create index contact_of on contact (organisation);
create index contact_email on contact (email);

create table participation (
    id {id},
    organisation {int} not null references organisation (id),
    kind {text} not null check (kind in ('seminar', 'module', 'plan', 'meeting')),
    source {int} not null default 0,
    title {text} not null,
    people {int} not null default 1 check (people > 0),
    at {int} not null
) {strict};
create index participation_of on participation (organisation, at);
create unique index participation_source on participation (organisation, kind, source) where source > 0;

-- 0016 agreements: their texts, who has signed, and the yearly promise of confidentiality
create table agreement_text (
    number {int} primary key,
    title_sv {text} not null,
    body_sv {text} not null,
    title_en {text} not null,
    body_en {text} not null,
    changes_sv {text} not null,
    changes_en {text} not null,
    valid_months {int} not null check (valid_months between 1 and 120),
    published_at {int} not null,
    published_by {text} not null
) {strict};

create table agreement (
    id {id},
    organisation {int} not null references organisation (id),
    text {int} not null references agreement_text (number),
    signed_by {text} not null,
    signed_at {int} not null,
    valid_until_at {int} not null,
    reminded_at {int},
    ended_at {int}
) {strict};
create index agreement_of on agreement (organisation, signed_at);

create table attestation (
    id {id},
    organisation {int} not null references organisation (id),
    attested_by {text} not null,
    at {int} not null
) {strict};
create index attestation_of on attestation (organisation, at);

create table attestation_reminder (
    organisation {int} primary key references organisation (id),
    reminded_at {int} not null
) {strict};

-- 0017 applications to join the network
create table application (
    id {id},
    name {text} not null check (length(name) > 0),
    number {text} check (length(number) = 11),
    actor {text} not null,
    contact_name {text} not null,
    contact_role {text} not null,
    contact_email {text} not null,
    contact_phone {text} not null,
    deputy_name {text} not null,
    deputy_email {text} not null,
    deputy_phone {text} not null,
    wish {text} not null,
    is_shown {int} not null check (is_shown in (0, 1)),
    wants_letters {int} not null check (wants_letters in (0, 1)),
    language {text} not null check (language in ('sv', 'en')),
    agreement_text {int} not null references agreement_text (number),
    signer_email {text} not null,
    signed_by {text} not null default '',
    signed_at {int},
    confirm_hash {blob} not null unique,
    sign_hash {blob} unique,
    applied_at {int} not null,
    confirmed_at {int},
    state {text} not null check (state in ('new', 'asked', 'accepted', 'declined')),
    reason {text} not null default '',
    decided_at {int},
    decided_by {text},
    organisation {int} references organisation (id),
    version {int} not null default 1
) {strict};
create index application_state on application (state, applied_at);

-- 0018 contact lists that have been read and wait for somebody's yes
create table import (
    id {id},
    name {text} not null,
    read_at {int} not null,
    read_by {text} not null,
    note {text} not null,
    state {text} not null check (state in ('read', 'imported', 'dropped')),
    decided_at {int},
    version {int} not null default 1
) {strict};

create table import_row (
    import {int} not null references import (id),
    line {int} not null,
    organisation {text} not null,
    folded {text} not null,
    number {text} not null,
    actor {text} not null,
    name {text} not null,
    role {text} not null,
    email {text} not null,
    phone {text} not null,
    fault {int} not null,
    column_n {int} not null,
    outcome {text} not null check (outcome in ('organisation', 'contact', 'known', 'twice', 'fault')),
    primary key (import, line)
) {strict};
create index import_row_email on import_row (import, email);
create index import_row_folded on import_row (import, folded);
create index import_row_number on import_row (import, number);
create index organisation_folded on organisation (folded);
