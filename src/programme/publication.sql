-- 0051 what a programme has published: a pooling, and the inhabitants that it was made with
create table programme_publication (
    pooling {int} primary key references programme_pooling (id),
    published_at {int} not null,
    published_by {text} not null
) {strict};

create table programme_publication_population (
    publication {int} not null references programme_publication (pooling),
    municipality {text} not null,
    year {int} not null,
    people {int} not null check (people > 0),
    primary key (publication, municipality, year)
) {strict};

create trigger programme_publication_is_never_changed before update on programme_publication
begin
    select raise(abort, 'what a programme has published is never changed');
end;

create trigger programme_publication_is_never_removed before delete on programme_publication
begin
    select raise(abort, 'what a programme has published is never changed');
end;

create trigger programme_publication_population_is_never_changed before update on programme_publication_population
begin
    select raise(abort, 'what a programme has published is never changed');
end;

create trigger programme_publication_population_is_never_removed before delete on programme_publication_population
begin
    select raise(abort, 'what a programme has published is never changed');
end;
