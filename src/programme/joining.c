/* A city joins a programme by a signed invitation. */
#include "programme/joining.h"

#include "base/arena.h"
#include "programme/programme.h"
#include "programme/trust.h"
#include "store/audit.h"
#include "store/city.h"
#include "store/db.h"
#include "store/keys.h"

#include <string.h>

#include <sodium.h>

/* What the programme has kept of an invitation. */
struct kept {
    int64_t id;
    struct str municipality, name;
    struct date last_day;
    int64_t replaced_at, accepted_at;
};

static struct str random_number(struct arena *a)
{
    unsigned char bytes[CITY_INVITATION_NUMBER_HEX / 2];
    char *hex = arena_new(a, CITY_INVITATION_NUMBER_HEX + 1, char);

    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(hex, CITY_INVITATION_NUMBER_HEX + 1, bytes, sizeof bytes);
    return (struct str){hex, CITY_INVITATION_NUMBER_HEX};
}

static const char *day_text(struct date d, struct arena *a)
{
    char day[11];

    date_to_text(d, day);
    return arena_cstr(a, day, strlen(day));
}

static bool has_passed(struct date day, int64_t now_at)
{
    return date_days(day) < date_days(date_of(now_at));
}

static bool takes_part(const struct programme_cities *all, struct str municipality)
{
    const struct programme_city *city = programme_city_find(all, municipality);

    return city && city->withdrawn_at == 0;
}

static enum status check_invited(const struct city *programme, const struct city_invitation *x,
                                 int64_t now_at, struct arena *a, struct err *e)
{
    const int64_t days = date_days(x->last_day) - date_days(date_of(now_at));
    struct programme_cities all;

    if (!is_municipality(x->municipality) || str_is(x->municipality, PROGRAMME_CODE))
        return err_set(e, BAD_INPUT, "expected a municipality's code of four digits, found \"%.*s\"",
                       STR(str_part(x->municipality, 0, 20)));
    if (x->name.n == 0 || x->name.n > PROGRAMME_MAX_NAME_BYTES || !str_is_utf8(x->name) ||
        memchr(x->name.p, '\n', x->name.n))
        return err_set(e, BAD_INPUT, "a city's name is UTF-8 text of 1 to %d bytes on one line",
                       (int)PROGRAMME_MAX_NAME_BYTES);
    if (days < 0 || days > JOINING_MOST_DAYS)
        return err_set(e, BAD_INPUT, "an invitation's last day is today or within %d days, and not %s",
                       (int)JOINING_MOST_DAYS, day_text(x->last_day, a));
    TRY(programme_cities(programme->db, a, &all, e));
    if (takes_part(&all, x->municipality))
        return err_set(e, BAD_INPUT, "%.*s takes part already; another key is given with lykta programme key",
                       STR(x->municipality));
    return OK;
}

static enum status keep_invitation(struct db *db, const struct city_invitation *x, int64_t now_at,
                                   struct err *e)
{
    static const char replace[] = "update programme_invitation set replaced_at = $2 where municipality = $1 "
                                  "and replaced_at = 0 and accepted_at = 0";
    static const char sql[] =
        "insert into programme_invitation (hash, municipality, name, last_day, made_at, "
        "replaced_at, accepted_at) values ($1, $2, $3, $4, $5, 0, 0)";
    struct query before = db_query(db, replace);

    bind_str(&before, 1, x->municipality);
    bind_int(&before, 2, now_at);
    TRY(query_run(&before, e));
    struct query q = db_query(db, sql);
    bind_str(&q, 1, x->hash);
    bind_str(&q, 2, x->municipality);
    bind_str(&q, 3, x->name);
    bind_date(&q, 4, x->last_day);
    bind_int(&q, 5, now_at);
    return query_run(&q, e);
}

enum status joining_invite(const struct city *programme, const struct who *who, struct str municipality,
                           struct str name, struct date last_day, struct arena *a, struct joining_file *out,
                           struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "programme.invite", .detail = municipality};
    struct city_invitation x = {.programme = city_settings(programme)->name,
                                .municipality = municipality,
                                .name = str_trim(name),
                                .number = random_number(a),
                                .last_day = last_day};
    struct key key;

    TRY(check_invited(programme, &x, who->now_at, a, e));
    TRY(key_read(programme->path, KEY_RELEASE, &key, e));
    out->bytes = city_invitation_write(&x, &key, a);
    key_wipe(&key);
    out->invitation = x;
    TRY(db_change(programme->db, e));
    return db_change_end(programme->db, keep_invitation(programme->db, &x, who->now_at, e), &line, e);
}

static enum status check_ours(const struct city *city, const struct city_invitation *x, const char *file,
                              struct str key, int64_t now_at, struct arena *a, struct err *e)
{
    if (!key_is(key, x->programme_key, a))
        return err_set(
            e, BAD_INPUT,
            "%s: was not signed by the programme whose key you have named, but with a key of fingerprint "
            "%.*s; have the programme read its own out in person",
            file, STR(key_fingerprint(x->programme_key, a)));
    if (!str_equal(x->municipality, city->municipality))
        return err_set(e, BAD_INPUT, "%s: is an invitation to %.*s (%.*s), and this is the city of %.*s",
                       file, STR(x->name), STR(x->municipality), STR(city->municipality));
    if (has_passed(x->last_day, now_at))
        return err_set(e, BAD_INPUT, "%s: could be answered until %s; ask the programme for another", file,
                       day_text(x->last_day, a));
    return OK;
}

/* A city's log says whom it gave its signature. */
static enum status note_answer(struct db *db, const struct who *who, struct str programme_key,
                               struct arena *a, struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "programme.answer", .detail = key_fingerprint(programme_key, a)};

    TRY(db_change(db, e));
    return db_change_end(db, OK, &line, e);
}

enum status joining_answer(const struct city *city, const struct who *who, const char *file, struct str bytes,
                           struct str key, struct arena *a, struct joining_file *out, struct err *e)
{
    struct key own;

    TRY(city_invitation_read(file, bytes, a, &out->invitation, e));
    TRY(check_ours(city, &out->invitation, file, key, who->now_at, a, e));
    TRY(key_read(city->path, KEY_RELEASE, &own, e));
    out->answer = (struct city_answer){.invitation = out->invitation.hash,
                                       .programme_key = out->invitation.programme_key,
                                       .municipality = city->municipality};
    out->bytes = city_answer_write(&out->answer, &own, a);
    key_wipe(&own);
    return note_answer(city->db, who, out->invitation.programme_key, a, e);
}

static enum status find_kept(struct db *db, struct str hash, struct arena *a, struct kept *out,
                             bool *is_there, struct err *e)
{
    static const char sql[] = "select id, municipality, name, last_day, replaced_at, accepted_at "
                              "from programme_invitation where hash = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, hash);
    *is_there = query_next(&q);
    *out = (struct kept){.id = query_int(&q, 0),
                         .municipality = query_str(&q, 1, a),
                         .name = query_str(&q, 2, a),
                         .last_day = query_date(&q, 3),
                         .replaced_at = query_int(&q, 4),
                         .accepted_at = query_int(&q, 5)};
    return query_end(&q, e);
}

/* Does the invitation still hold, and is the answer that city's? */
static enum status check_kept(const struct kept *k, const struct city_answer *x, const char *file,
                              int64_t now_at, struct arena *a, struct err *e)
{
    if (k->accepted_at > 0)
        return err_set(e, BAD_INPUT,
                       "%s: its invitation was used on %s, and is good once; invite the city anew", file,
                       day_text(date_of(k->accepted_at), a));
    if (k->replaced_at > 0)
        return err_set(e, BAD_INPUT,
                       "%s: answers an invitation that a later one has replaced; ask %.*s to answer that",
                       file, STR(k->name));
    if (has_passed(k->last_day, now_at))
        return err_set(e, BAD_INPUT, "%s: its invitation could be answered until %s; invite the city anew",
                       file, day_text(k->last_day, a));
    if (!str_equal(k->municipality, x->municipality))
        return err_set(e, BAD_INPUT,
                       "%s: comes from the city of %.*s, and answers an invitation to %.*s (%.*s)", file,
                       STR(x->municipality), STR(k->name), STR(k->municipality));
    return OK;
}

/* The key is the city's alone, and a person has heard its fingerprint. */
static enum status check_key(struct db *db, const struct kept *k, const struct city_answer *x,
                             const char *file, struct str key, struct arena *a, struct err *e)
{
    const struct str fingerprint = key_fingerprint(x->city_key, a);
    struct programme_cities all;

    TRY(programme_cities(db, a, &all, e));
    for (size_t i = 0; i < all.n; i++)
        if (str_equal(all.city[i].public_key, x->city_key) &&
            !str_equal(all.city[i].municipality, k->municipality))
            return err_set(e, BAD_INPUT, "%s: has the key of %.*s, another city of the programme", file,
                           STR(all.city[i].municipality));
    if (key.n == 0)
        return err_set(
            e, REFUSED,
            "%s: is whole, and answers the invitation to %.*s. Have the city read out the fingerprint of its key. "
            "If it is %.*s, accept it with --key \"%.*s\"",
            file, STR(k->name), STR(fingerprint), STR(fingerprint));
    if (!key_is(key, x->city_key, a))
        return err_set(
            e, BAD_INPUT,
            "%s: its key has the fingerprint %.*s, which is not the one that the city has read out: "
            "somebody else may have answered",
            file, STR(fingerprint));
    return OK;
}

static enum status mark_accepted(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] = "update programme_invitation set accepted_at = $2 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    return query_run(&q, e);
}

/* Inside a transaction: of two who accept at once the second finds it used. */
static enum status accept(struct db *db, const struct who *who, const struct city_answer *x, const char *file,
                          struct str key, struct arena *a, struct str *name, struct err *e)
{
    struct kept k;
    bool is_there = false;

    TRY(find_kept(db, x->invitation, a, &k, &is_there, e));
    if (!is_there)
        return err_set(e, BAD_INPUT, "%s: answers an invitation that this programme has not made", file);
    TRY(check_kept(&k, x, file, who->now_at, a, e));
    TRY(check_key(db, &k, x, file, key, a, e));
    const struct programme_city city = {
        .municipality = k.municipality, .name = k.name, .public_key = x->city_key};
    TRY(mark_accepted(db, k.id, who->now_at, e));
    TRY(programme_join(db, who, &city, e));
    *name = k.name;
    return OK;
}

enum status joining_accept(const struct city *programme, const struct who *who, const char *file,
                           struct str bytes, struct str key, struct arena *a, struct str *name, struct err *e)
{
    struct city_answer x;
    struct str own;

    TRY(city_answer_read(file, bytes, a, &x, e));
    TRY(key_public(programme->path, a, &own, e));
    if (!str_equal(x.programme_key, own))
        return err_set(e, BAD_INPUT,
                       "%s: answers another programme, or an invitation made in its name with another key",
                       file);
    TRY(db_begin(programme->db, e));
    return db_end(programme->db, accept(programme->db, who, &x, file, key, a, name, e), e);
}
