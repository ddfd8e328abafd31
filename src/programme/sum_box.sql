-- 0052 the post box of secure sums: rounds, and the letters between cities and whoever adds
create table sum_box (
    id {id},
    hash {text} not null unique check (length(hash) = 64),
    name {text} not null,
    round {blob} not null,
    opened_at {int} not null,
    opened_by {text} not null,
    join_until {int} not null,
    figures_until {int} not null,
    reveal_until {int} not null,
    check (join_until < figures_until and figures_until < reveal_until)
) {strict};

create table sum_letter (
    box {int} not null references sum_box (id),
    kind {int} not null,
    place {int} not null,
    came_at {int} not null,
    bytes {blob} not null,
    primary key (box, kind, place)
) {strict};

create trigger sum_letter_is_never_changed before update on sum_letter
begin
    select raise(abort, 'a letter of a secure sum is never changed');
end;
