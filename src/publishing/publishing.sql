-- 0031 mappings under way: from their opening to their publication
create table mapping_round (
    id {id},
    state {text} not null check (state in ('open', 'waiting', 'running', 'refused', 'made', 'proposed',
        'approved', 'published', 'closed')),
    first_year {int} not null,
    last_year {int} not null check (last_year >= first_year),
    title_sv {text} not null,
    title_en {text} not null,
    people_sv {text} not null,
    people_en {text} not null,
    source_sv {text} not null,
    source_en {text} not null,
    is_example {int} not null check (is_example in (0, 1)),
    specification {text} not null,
    corrects {text} not null,
    reason {text} not null,
    file_name {text} not null default '',
    uploaded_by {int} references person (id),
    proposed_by {int} references person (id),
    percent {int} not null default 0 check (percent between 0 and 100),
    told_sv {text} not null default '',
    told_en {text} not null default '',
    publish_at {int} not null default 0,
    release {text} not null default '',
    check ((corrects = '') = (reason = ''))
) {strict};

create table mapping_round_step (
    id {id},
    round {int} not null references mapping_round (id),
    at {int} not null,
    person {int} references person (id),
    what {text} not null,
    reason {text} not null
) {strict};

create index mapping_round_step_of on mapping_round_step (round, id);

-- 0032 what a mapping under way is made of, and what it has become
create table mapping_round_input (
    round {int} primary key references mapping_round (id),
    histories {blob} not null,
    names {blob} not null
) {strict};

create table mapping_round_draft (
    round {int} not null references mapping_round (id),
    name {text} not null,
    bytes {blob} not null,
    primary key (round, name)
) {strict};

create table mapping_round_audit (
    round {int} not null references mapping_round (id),
    position {int} not null,
    release {text} not null,
    is_same_people {int} not null check (is_same_people in (0, 1)),
    figures {int} not null,
    exposed {int} not null,
    narrowest {int} not null,
    primary key (round, position)
) {strict};

-- 0041 who may read a draft without an account, and which step of a mapping its people have been written about
create table mapping_draft_reader (
    id {id},
    round {int} not null references mapping_round (id),
    name {text} not null,
    email {text} not null,
    language {text} not null check (language in ('sv', 'en')),
    hash {blob} not null unique,
    made_by {int} not null references person (id),
    made_at {int} not null,
    ends_at {int} not null,
    ended_at {int} not null default 0,
    readings {int} not null default 0,
    read_at {int} not null default 0
) {strict};

create index mapping_draft_reader_of on mapping_draft_reader (round, id);

alter table mapping_round add column told_step {int} not null default 0;

update mapping_round set told_step =
    coalesce((select max(s.id) from mapping_round_step s where s.round = mapping_round.id), 0);

-- 0064 what the figure of a mapping under way rests on, sealed, until it is published or closed
create table mapping_round_evidence (
    round {int} primary key references mapping_round (id),
    sealed {blob} not null
) {strict};
