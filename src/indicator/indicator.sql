-- 0008 the city's own wording of indicators
create table indicator_version (
    id {id},
    indicator {text} not null,
    version {int} not null check (version > 1),
    strength {int} not null check (strength between 0 and 2),
    sv {text} not null,
    en {text} not null,
    is_withdrawn {int} not null check (is_withdrawn in (0, 1)),
    reason {text} not null,
    changed_on {text} not null,
    unique (indicator, version)
) {strict};
