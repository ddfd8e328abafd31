-- 0060 the last look of a programme's cities at figures that are to be published, and what they answered
create table programme_look (
    id {id},
    hash {text} not null check (length(hash) = 64),
    opened_at {int} not null,
    opened_by {text} not null,
    until_at {int} not null,
    ended_at {int} not null default 0
) {strict};

create table programme_look_city (
    look {int} not null references programme_look (id),
    municipality {text} not null,
    city {text} not null,
    email {text} not null,
    hash {blob} unique,
    answer {text} not null default '' check (answer in ('', 'agrees', 'objects')),
    words {text} not null default '',
    answered_at {int} not null default 0,
    readings {int} not null default 0,
    read_at {int} not null default 0,
    primary key (look, municipality)
) {strict};
