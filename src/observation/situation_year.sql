-- 0056 situations by year, form and kind of place; of those counted before, the place was not kept
create table situation_year (
    year {int} not null,
    form {text} not null,
    place {text} not null,
    n {int} not null,
    primary key (year, form, place)
) {strict};

insert into situation_year (year, form, place, n)
    select cast(substr(month, 1, 4) as integer), form, 'other', sum(n) from situation_told
    group by substr(month, 1, 4), form;
