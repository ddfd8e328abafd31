-- 0002 mappings, and what their lists and categories are called
create table mapping (
    id {id},
    first_year {int} not null,
    last_year {int} not null check (last_year >= first_year),
    title_sv {text} not null,
    title_en {text} not null,
    people_sv {text} not null,
    people_en {text} not null,
    source_sv {text} not null,
    source_en {text} not null,
    is_example {int} not null check (is_example in (0, 1))
) {strict};

create table mapping_label (
    mapping {int} not null references mapping (id),
    dimension {int} not null check (dimension >= 0),
    position {int} not null check (position >= 0),
    code {text} not null,
    sv {text} not null,
    en {text} not null,
    primary key (mapping, dimension, position)
) {strict};
