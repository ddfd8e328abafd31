-- 0069 what comes of researchers' studies: handed in by the link, decided about, and published
alter table research_study add column results {text} not null default 'none'
    check (results in ('none', 'waits', 'returned', 'published', 'withdrawn'));

create table research_results (
    study {int} primary key references research_study (id),
    title_sv {text} not null,
    words_sv {text} not null,
    title_en {text} not null,
    words_en {text} not null,
    is_named {int} not null check (is_named in (0, 1)),
    handed_at {int} not null,
    version {int} not null default 1,
    decided_at {int} not null default 0,
    decided_by {int} not null default 0,
    reason {text} not null default '',
    published_at {int} not null default 0,
    withdrawn_at {int} not null default 0,
    withdrawal {text} not null default ''
) {strict};

create table research_results_file (
    study {int} not null references research_results (study),
    part {text} not null check (part in ('method', 'code')),
    name {text} not null,
    hash {text} not null check (length(hash) = 64),
    size {int} not null,
    bytes {blob} not null,
    primary key (study, part)
) {strict};
