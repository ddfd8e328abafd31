-- 0006 sealed texts
create table sealed_text (
    id {id},
    seal {blob} not null check (length(seal) = 16),
    field {text} not null,
    generation {int} not null,
    box {blob} not null,
    unique (seal, field)
) {strict};
