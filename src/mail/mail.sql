-- 0007 letters on their way, and addresses that take none
create table mail_letter (
    id {id},
    message {text} not null unique,
    address {text} not null,
    name {text} not null,
    language {text} not null check (language in ('sv', 'en')),
    subject {text} not null,
    plain {text} not null,
    html {text} not null,
    calendar {text} not null,
    calendar_method {text} not null,
    unsubscribe {text} not null,
    state {text} not null check (state in ('queued', 'handing', 'sent', 'failed', 'unsure')),
    tries {int} not null,
    queued_at {int} not null,
    next_at {int} not null,
    state_at {int} not null,
    reason {text} not null
) {strict};

create index mail_letter_due on mail_letter (next_at, id) where state = 'queued';
create index mail_letter_handing on mail_letter (id) where state = 'handing';

create table mail_address (
    address {text} primary key,
    unsubscribed_at {int},
    failed_at {int},
    reason {text} not null
) {strict};

create table mail_server (
    id {int} primary key check (id = 1),
    down_since {int},
    reason {text} not null
) {strict};
