-- 0066 cities that are asked into a programme: by which file, until when, and whether its answer was accepted
create table programme_invitation (
    id {id},
    hash {text} not null unique check (length(hash) = 64),
    municipality {text} not null check (length(municipality) = 4),
    name {text} not null,
    last_day {text} not null,
    made_at {int} not null,
    replaced_at {int} not null,
    accepted_at {int} not null
) {strict};
