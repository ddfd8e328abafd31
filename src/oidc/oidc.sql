-- 0029 who people are at the municipality's own provider
create table person_identity (
    person {int} primary key references person (id),
    issuer {text} not null,
    subject {text} not null,
    linked_at {int} not null,
    unique (issuer, subject)
) {strict};
