/* All that a city keeps of one person. */
#include "extract/extract.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "store/db.h"

enum { MOMENT_BYTES = 21 };

const struct extract_part extract_parts[] = {
    {"account", "email name language state made_at@ signed_in_at@",
     "select email, name, language, state, made_at, signed_in_at from person where email = $1"},
    {"roles", "role",
     "select r.role from person_role r join person p on p.id = r.person where p.email = $1 order by 1"},
    {"sessions", "device method made_at@ seen_at@",
     "select s.device, s.method, s.made_at, s.seen_at from session s join person p on p.id = s.person "
     "where p.email = $1 order by s.id"},
    {"codes_device", "set_up_at@",
     "select f.set_at from second_factor f join person p on p.id = f.person where p.email = $1"},
    {"passkeys", "name made_at@ used_at@",
     "select k.name, k.made_at, k.used_at from passkey k join person p on p.id = k.person where p.email = $1 "
     "order by k.id"},
    {"sign_in_of_the_municipality", "issuer subject linked_at@",
     "select i.issuer, i.subject, i.linked_at from person_identity i join person p on p.id = i.person "
     "where p.email = $1"},
    {"invitations_to_an_account", "reason made_at@ ends_at@",
     "select w.reason, w.made_at, w.ends_at from welcome w join person p on p.id = w.person where p.email = $1"},
    {"lessons", "work answered# finished_on",
     "select l.actor, l.answered, l.finished_on from learning_progress l join person p on p.id = l.account "
     "where p.email = $1 order by 1"},
    {"shares_of_the_recovery_key", "number# role named_on",
     "select h.number, h.role, h.named_on from share_holder h join person p on p.id = h.account "
     "where p.email = $1 order by 1"},
    {"lists_kept_for_mappings", "name handed_in_at@ people#",
     "select g.name, g.handed_in_at, g.people from gathering_list g join person p on p.id = g.keeper "
     "where p.email = $1 order by g.id"},
    {"versions_of_articles", "at@ title",
     "select v.at, v.title_sv from article_version v join person p on p.id = v.person where p.email = $1 "
     "order by v.at, v.article, v.number"},
    {"contact_of_an_organisation", "organisation name role email phone language since_at@ seen_at@ left_at@",
     "select o.name, c.name, c.role, c.email, c.phone, c.language, c.since_at, c.seen_at, c.left_at "
     "from contact c join organisation o on o.id = c.organisation where c.email = $1 order by c.id"},
    {"applications",
     "organisation contact role email phone deputy deputy_email deputy_phone signer_email applied_at@",
     "select name, contact_name, contact_role, contact_email, contact_phone, deputy_name, deputy_email, "
     "deputy_phone, signer_email, applied_at from application "
     "where contact_email = $1 or deputy_email = $1 or signer_email = $1 order by id"},
    {"rows_of_lists_being_read_in", "organisation name role email phone",
     "select organisation, name, role, email, phone from import_row where email = $1 order by import, line"},
    {"invitations_to_seminars", "seminar held_on organisation name answer invited_at@ answered_at@",
     "select s.title, s.held_on, i.organisation_name, i.name, i.answer, i.invited_at, i.answered_at "
     "from seminar_invitation i join seminar s on s.id = i.seminar where i.address = $1 order by i.id"},
    {"sign_ups_for_seminars", "seminar held_on organisation name needs state arrived_at@ came_at@",
     "select s.title, s.held_on, u.organisation_name, u.name, u.needs, u.state, u.arrived_at, u.came_at "
     "from seminar_signup u join seminar s on s.id = u.seminar where u.address = $1 order by u.id"},
    {"circulars", "subject sent_at@",
     "select c.subject, c.sent_at from circular_reader r join circular c on c.id = r.circular "
     "where r.address = $1 order by r.id"},
    {"letters", "name subject text state state_at@",
     "select name, subject, plain, state, state_at from mail_letter where address = $1 order by id"},
    {"address_that_is_not_written_to", "unsubscribed_at@ failed_at@ reason",
     "select unsubscribed_at, failed_at, reason from mail_address where address = $1"},
    {"readers_of_drafts", "name made_at@ ends_at@ read_at@",
     "select name, made_at, ends_at, read_at from mapping_draft_reader where email = $1 order by id"},
    {"researchers_applications",
     "title institution name purpose wanted ethics_number applied_at@ decided_at@ reason ends_at@ read_at@",
     "select title, institution, name, purpose, wanted, ethics_number, applied_at, decided_at, reason, ends_at, "
     "read_at from research_study where email = $1 order by id"},
    {"researchers_results", "title text handed_in_at@ decided_at@ reason",
     "select x.title_sv, x.words_sv, x.handed_at, x.decided_at, x.reason from research_results x "
     "join research_study s on s.id = x.study where s.email = $1 order by s.id"},
    {"last_looks_of_a_city", "city answer words answered_at@ read_at@",
     "select city, answer, words, answered_at, read_at from programme_look_city where email = $1 order by look"},
    {"lines_of_the_log", "at@ action",
     "select a.at, a.action from audit a join person p on a.who = 'person ' || p.id where p.email = $1 order by a.id"},
    {NULL, NULL, NULL},
};

static size_t columns_of(const struct extract_part *part)
{
    size_t n = 1;

    for (const char *c = part->columns; *c; c++)
        n += *c == ' ';
    return n;
}

static struct extract_cell cell_of(const struct query *q, int i, struct str column, struct arena *a)
{
    bool is_moment = str_ends(column, S("@"));
    bool is_number = str_ends(column, S("#"));
    struct extract_cell c = {.column = {column.p, column.n - (is_moment || is_number)}};

    if (query_is_null(q, i))
        return c;
    if (is_moment || is_number) {
        c.number = query_int(q, i);
        c.kind = is_number ? EXTRACT_NUMBER : c.number == 0 ? EXTRACT_NOTHING : EXTRACT_MOMENT;
        return c;
    }
    c.kind = EXTRACT_TEXT;
    c.text = query_str(q, i, a);
    return c;
}

enum status extract_read(struct db *db, const struct extract_part *part, struct str email, struct arena *a,
                         struct extract_rows *out, struct err *e)
{
    struct extract_rows x = {.columns = columns_of(part)};
    struct query q = db_query(db, part->sql);
    size_t room = 0;

    bind_str(&q, 1, email);
    for (; query_next(&q); x.n++) {
        struct str rest = str_of(part->columns);
        struct str column;

        x.cell = arena_grow(a, x.cell, (x.n + 1) * x.columns, &room, sizeof *x.cell);
        for (size_t i = 0; i < x.columns; i++) {
            str_cut(rest, ' ', &column, &rest);
            x.cell[x.n * x.columns + i] = cell_of(&q, (int)i, column, a);
        }
    }
    *out = x;
    return query_end(&q, e);
}

static void put_cell(struct json *out, const struct extract_cell *c, struct arena *a)
{
    const char *name = arena_cstr(a, c->column.p, c->column.n);
    char moment[MOMENT_BYTES];

    switch (c->kind) {
    case EXTRACT_NOTHING:
        json_nothing(out, name);
        break;
    case EXTRACT_TEXT:
        json_str(out, name, c->text);
        break;
    case EXTRACT_NUMBER:
        json_i64(out, name, c->number);
        break;
    case EXTRACT_MOMENT:
        moment_to_text(c->number, moment);
        json_str(out, name, str_of(moment));
        break;
    }
}

static void put_rows(struct json *out, const char *name, const struct extract_rows *rows, struct arena *a)
{
    json_array_begin(out, name);
    for (size_t i = 0; i < rows->n; i++) {
        json_object_begin(out, NULL);
        for (size_t k = 0; k < rows->columns; k++)
            put_cell(out, &rows->cell[i * rows->columns + k], a);
        json_object_end(out);
    }
    json_array_end(out);
}

enum status extract_json(struct db *db, struct str email, int64_t now_at, struct arena *a, struct text *out,
                         struct err *e)
{
    struct json j = json_open(out);
    char moment[MOMENT_BYTES];
    size_t n = 0;

    moment_to_text(now_at, moment);
    json_object_begin(&j, NULL);
    json_str(&j, "email", email);
    json_str(&j, "at", str_of(moment));
    for (const struct extract_part *p = extract_parts; p->name; p++) {
        struct extract_rows rows;

        TRY(extract_read(db, p, email, a, &rows, e));
        put_rows(&j, p->name, &rows, a);
        n += rows.n;
    }
    json_i64(&j, "rows", (int64_t)n);
    json_object_end(&j);
    return OK;
}
