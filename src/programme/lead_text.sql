-- 0063 what a programme writes: about its figures, in every version and as it was published, and what mappings begin from
create table programme_text (
    id {id},
    sv {text} not null,
    en {text} not null,
    written_at {int} not null,
    written_by {text} not null
) {strict};

create table programme_publication_text (
    publication {int} primary key references programme_publication (pooling),
    text {int} not null references programme_text (id)
) {strict};

create table mapping_specification (
    id {int} primary key check (id = 1),
    people_sv {text} not null,
    people_en {text} not null,
    source_sv {text} not null,
    source_en {text} not null,
    words {text} not null,
    names {text} not null
) {strict};

create trigger programme_text_is_never_changed before update on programme_text
begin
    select raise(abort, 'what a programme has written is never changed');
end;

create trigger programme_text_is_never_removed before delete on programme_text
begin
    select raise(abort, 'what a programme has written is never changed');
end;

create trigger programme_publication_text_is_never_changed before update on programme_publication_text
begin
    select raise(abort, 'what a programme has published is never changed');
end;

create trigger programme_publication_text_is_never_removed before delete on programme_publication_text
begin
    select raise(abort, 'what a programme has published is never changed');
end;
