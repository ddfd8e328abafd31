-- 0062 incidents: what happened, how it was judged, who was told; and what was done, with its time
create table incident (
    id {id},
    version {int} not null default 1,
    noticed_at {int} not null,
    opened_at {int} not null,
    what {text} not null,
    natures {int} not null,
    kinds {text} not null,
    is_going_on {int} not null check (is_going_on in (0, 1)),
    persons {int} not null,
    records {int} not null,
    risk {int} not null default 0 check (risk between 0 and 3),
    risk_why {text} not null default '',
    consequences {text} not null default '',
    measures {text} not null default '',
    reported_at {int} not null default 0,
    reported_number {text} not null default '',
    late_why {text} not null default '',
    telling {int} not null default 0 check (telling between 0 and 5),
    told_at {int} not null default 0,
    told_note {text} not null default '',
    closed_at {int} not null default 0,
    learned {text} not null default ''
) {strict};

create table incident_step (
    id {id},
    incident {int} not null references incident (id),
    at {int} not null,
    who {text} not null,
    kind {int} not null,
    words {text} not null
) {strict};

create index incident_step_by_incident on incident_step (incident, id);
