-- 0065 which process of a served city does what the city does by itself, and until when
create table work_claim (
    id {int} primary key check (id = 1),
    holder {text} not null,
    until_at {int} not null
) {strict};
