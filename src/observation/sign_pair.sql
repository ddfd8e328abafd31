-- 0057 which two signs were told together, by year and form; of situations counted before, it was not kept
create table sign_pair (
    year {int} not null,
    form {text} not null,
    one {text} not null,
    other {text} not null check (other <> one),
    n {int} not null check (n > 0),
    primary key (year, form, one, other)
) {strict};
