/* All that a city keeps of one person. */
#include "people/extract.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/json.h"
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
    {"last_looks_of_a_city", "city answer words answered_at@ read_at@",
     "select city, answer, words, answered_at, read_at from programme_look_city where email = $1 order by look"},
    {"lines_of_the_log", "at@ action",
     "select a.at, a.action from audit a join person p on a.who = 'person ' || p.id where p.email = $1 order by a.id"},
    {NULL, NULL, NULL},
};

static void put_moment(struct json *out, const char *name, int64_t at)
{
    char text[MOMENT_BYTES];

    if (at == 0) {
        json_nothing(out, name);
        return;
    }
    moment_to_text(at, text);
    json_str(out, name, str_of(text));
}

static void put_column(const struct query *q, int i, struct str column, struct arena *a, struct json *out)
{
    const bool is_moment = str_ends(column, S("@"));
    const bool is_number = str_ends(column, S("#"));
    const char *name = arena_cstr(a, column.p, column.n - (is_moment || is_number));

    if (query_is_null(q, i))
        json_nothing(out, name);
    else if (is_moment)
        put_moment(out, name, query_int(q, i));
    else if (is_number)
        json_i64(out, name, query_int(q, i));
    else
        json_str(out, name, query_str(q, i, a));
}

static void put_row(const struct query *q, const char *columns, struct arena *a, struct json *out)
{
    struct str rest = str_of(columns);
    struct str column;

    json_object_begin(out, NULL);
    for (int i = 0; rest.n > 0; i++) {
        str_cut(rest, ' ', &column, &rest);
        put_column(q, i, column, a, out);
    }
    json_object_end(out);
}

enum status extract_write(struct db *db, struct str email, struct arena *a, struct json *out, size_t *rows,
                          struct err *e)
{
    *rows = 0;
    for (const struct extract_part *p = extract_parts; p->name; p++) {
        struct query q = db_query(db, p->sql);

        bind_str(&q, 1, email);
        json_array_begin(out, p->name);
        for (; query_next(&q); ++*rows)
            put_row(&q, p->columns, a, out);
        json_array_end(out);
        TRY(query_end(&q, e));
    }
    return OK;
}
