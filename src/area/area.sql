-- 0043 areas of the city as maps draw them: whose categories they are, and their borders
create table area_division (
    id {id},
    name {text} not null,
    column_code {text} not null,
    source {text} not null,
    added_at {int} not null,
    removed_at {int}
) {strict};

-- shape: rings parted by ";", each "E N E N …" in whole metres of SWEREF 99 TM
create table area (
    division {int} not null references area_division (id),
    position {int} not null check (position >= 0),
    code {text} not null,
    name {text} not null,
    shape {text} not null,
    middle_e {int} not null,
    middle_n {int} not null,
    radius {int} not null check (radius >= 0),
    primary key (division, position)
) {strict};
