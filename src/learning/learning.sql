-- 0009 how far somebody has come in a lesson
create table learning_progress (
    account {int} not null,
    actor {text} not null,
    answered {int} not null check (answered >= 0),
    finished_on {text},
    primary key (account, actor)
) {strict};
