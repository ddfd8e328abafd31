-- 0038 what an administrator has chosen in the portal: it goes before what lykta.conf says
create table setting (
    name {text} primary key,
    value {text} not null
) {strict};

alter table city add column settings_version {int} not null default 1;
