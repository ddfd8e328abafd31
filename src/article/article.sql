-- 0035 articles and pages with all their versions, and when which of them is shown
create table article (
    id {id},
    kind {text} not null check (kind in ('page', 'article')),
    key {text} not null unique,
    version {int} not null,
    reviewed_on {text} not null,
    reminded_on {text}
) {strict};

create table article_version (
    article {int} not null references article (id),
    number {int} not null,
    at {int} not null,
    person {int} references person (id),
    title_sv {text} not null,
    ingress_sv {text} not null,
    body_sv {text} not null,
    picture_text_sv {text} not null,
    title_en {text} not null,
    ingress_en {text} not null,
    body_en {text} not null,
    picture_text_en {text} not null,
    contact {text} not null,
    picture {text} not null,
    on_start {int} not null check (on_start in (0, 1)),
    primary key (article, number)
) {strict};

create table article_showing (
    id {id},
    article {int} not null references article (id),
    version {int},
    from_at {int} not null,
    on_day {text} not null,
    is_update {int} not null check (is_update in (0, 1)),
    foreign key (article, version) references article_version (article, number)
) {strict};

create index article_showing_of_article on article_showing (article, from_at, id);

create table article_address (
    key {text} primary key,
    article {int} not null references article (id)
) {strict};

insert into article (kind, key, version, reviewed_on)
    select kind, key, 1, reviewed_on from public_page where language = 'sv';

insert into article_version (article, number, at, title_sv, ingress_sv, body_sv, picture_text_sv, title_en, ingress_en,
        body_en, picture_text_en, contact, picture, on_start)
    select a.id, 1, 0, s.title, s.ingress, s.body, s.picture_text, coalesce(e.title, ''), coalesce(e.ingress, ''),
        coalesce(e.body, ''), coalesce(e.picture_text, ''), s.contact, s.picture,
        case when s.kind = 'article' then 1 else 0 end
    from article a
    join public_page s on s.key = a.key and s.language = 'sv'
    left join public_page e on e.key = a.key and e.language = 'en';

insert into article_showing (article, version, from_at, on_day, is_update)
    select a.id, 1, 0, s.published_on, 1 from article a join public_page s on s.key = a.key and s.language = 'sv';

insert into article_showing (article, version, from_at, on_day, is_update)
    select a.id, 1, 1, s.updated_on, 1 from article a join public_page s on s.key = a.key and s.language = 'sv'
    where s.updated_on > s.published_on;

insert into article_address (key, article) select key, id from article;

drop table public_page;

-- 0036 a version of an article is never changed
create trigger article_version_is_never_changed before update on article_version
begin
    select raise(abort, 'a version of an article is never changed');
end;

create trigger article_version_is_never_deleted before delete on article_version
begin
    select raise(abort, 'a version of an article is never deleted');
end;

-- 0037 pictures of articles, made anew and named by what they hold
create table article_picture (
    name {text} primary key,
    width {int} not null,
    height {int} not null,
    bytes {blob} not null
) {strict};

create trigger article_picture_is_never_changed before update on article_picture
begin
    select raise(abort, 'a picture is never changed');
end;
