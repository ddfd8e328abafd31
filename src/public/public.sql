-- 0005 articles and pages in two languages, and numbers to call
create table public_page (
    id {id},
    key {text} not null,
    language {text} not null check (language in ('sv', 'en')),
    kind {text} not null check (kind in ('page', 'article')),
    title {text} not null,
    ingress {text} not null,
    picture {text} not null,
    picture_text {text} not null,
    contact {text} not null,
    body {text} not null,
    published_on {text} not null,
    updated_on {text} not null,
    reviewed_on {text} not null,
    unique (key, language)
) {strict};

create table public_helpline (
    place {int} primary key,
    number {text} not null,
    tel {text} not null,
    about_sv {text} not null,
    about_en {text} not null,
    hours_sv {text} not null,
    hours_en {text} not null,
    circles {int} not null,
    checked_on {text},
    status {text} not null check (status in ('granskas', 'verified'))
) {strict};
