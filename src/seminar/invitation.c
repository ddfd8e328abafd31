/* Invitations to a seminar. */
#include "seminar/invitation.h"

#include "base/arena.h"
#include "mail/mail.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_link.h"
#include "seminar/signup.h"
#include "store/db.h"
#include "web/address.h"

static enum status send_all(const struct seminar_office *o, int64_t seminar, const struct invitations *asked,
                            struct str words, int64_t now_at, int64_t *n, struct err *e);

enum status invitation_send(const struct seminar_office *o, int64_t seminar, const struct invitations *asked,
                            struct str words, const struct who *who, int64_t *n, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "seminar.invite", .subject = seminar};

    *n = 0;
    if (words.n > INVITATION_WORDS_MAX_BYTES)
        return err_set(e, BAD_INPUT, "an invitation has at most %d bytes of one's own words",
                       (int)INVITATION_WORDS_MAX_BYTES);
    TRY(db_change(o->db, e));
    return db_change_end(o->db, send_all(o, seminar, asked, words, who->now_at, n, e), &line, e);
}

/* Writes the row; *id is 0 when the address is invited already. */
static enum status insert(const struct seminar_office *o, struct invitation *v, struct err *e)
{
    static const char sql[] =
        "insert into seminar_invitation (seminar, organisation, actor, organisation_name, name, address, language, "
        "nonce, invited_at) values ($1, nullif($2, 0), $3, $4, $5, $6, $7, $8, $9) "
        "on conflict (seminar, address) do nothing returning id";
    struct query q = db_query(o->db, sql);

    v->id = 0;
    bind_int(&q, 1, v->seminar);
    bind_int(&q, 2, v->organisation);
    bind_str(&q, 3, v->actor);
    bind_str(&q, 4, v->organisation_name);
    bind_str(&q, 5, v->name);
    bind_str(&q, 6, v->address);
    bind_str(&q, 7, language_code(v->language));
    bind_str(&q, 8, v->nonce);
    bind_int(&q, 9, v->invited_at);
    if (query_next(&q))
        v->id = query_int(&q, 0);
    return query_run(&q, e);
}

static enum status send_one(const struct seminar_office *o, const struct seminar *s, struct invitation v,
                            struct str words, struct arena *a, int64_t *n, struct err *e)
{
    struct mail_address known;
    int64_t letter = 0;

    v.address = address_normal(v.address, a);
    if (!address_is_valid(v.address))
        return OK; /* the list of answers shows who could not be written to */
    TRY(mail_address_find(o->db, v.address, a, &known, e));
    if (known.unsubscribed_at > 0)
        return OK;
    v.nonce = seminar_link_nonce(a);
    TRY(insert(o, &v, e));
    if (v.id == 0)
        return OK;
    TRY(seminar_letter_to_invited(o, s, &v, words, SEMINAR_LETTER_INVITATION, v.invited_at, &letter, e));
    *n += letter > 0;
    return OK;
}

static enum status send_all(const struct seminar_office *o, int64_t seminar, const struct invitations *asked,
                            struct str words, int64_t now_at, int64_t *n, struct err *e)
{
    struct arena *a = arena_open();
    struct seminar s = {0};
    enum status ended = seminar_find(o->db, seminar, a, &s, e);

    if (ended == OK && !seminar_takes(&s, now_at))
        ended = err_set(e, REFUSED, "the seminar takes no sign-ups: nobody can be invited");
    for (size_t i = 0; ended == OK && i < asked->n; i++) {
        struct invitation v = asked->invitation[i];

        v.seminar = seminar;
        v.invited_at = now_at;
        ended = send_one(o, &s, v, words, a, n, e);
    }
    arena_close(a);
    return ended;
}

static enum status save_answer(const struct seminar_office *o, int64_t id, enum invitation_answer answer,
                               int64_t now_at, struct err *e)
{
    static const char *const words[] = {"none", "yes", "no", "other"};
    static const char sql[] = "update seminar_invitation set answer = $2, answered_at = $3 where id = $1";
    struct query q = db_query(o->db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(words[answer]));
    bind_int(&q, 3, now_at);
    return query_run(&q, e);
}

/* The sign-up that came of the invitation and still stands; 0: none. */
static enum status find_guest(const struct seminar_office *o, int64_t invitation, int64_t *id, struct err *e)
{
    static const char sql[] = "select id from seminar_signup where invitation = $1 "
                              "and state in ('confirmed', 'unconfirmed') order by id desc limit 1";
    struct query q = db_query(o->db, sql);

    bind_int(&q, 1, invitation);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

/* A first no takes the entry back that came with the invitation. */
static enum status say_no(const struct seminar_office *o, int64_t id, const struct who *who, struct err *e)
{
    struct arena *a = arena_open();
    struct invitation v = {0};
    struct seminar s = {0};
    int64_t guest = 0;
    int64_t letter = 0;
    enum status ended = invitation_find(o->db, id, a, &v, e);

    if (ended == OK)
        ended = seminar_find(o->db, v.seminar, a, &s, e);
    if (ended == OK)
        ended = find_guest(o, id, &guest, e);
    if (ended == OK && guest > 0)
        ended = signup_cancel(o, guest, who, e);
    else if (ended == OK && v.answer != INVITATION_NO)
        ended = seminar_letter_to_invited(o, &s, &v, S(""), SEMINAR_LETTER_GOODBYE, who->now_at, &letter, e);
    arena_close(a);
    return ended;
}

enum status invitation_answer(const struct seminar_office *o, int64_t id, enum invitation_answer answer,
                              const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "seminar.answer", .subject = id};

    TRY(db_change(o->db, e));
    enum status s = answer == INVITATION_NO ? say_no(o, id, who, e) : OK;
    if (s == OK)
        s = save_answer(o, id, answer, who->now_at, e);
    return db_change_end(o->db, s, &line, e);
}

enum status invitation_stop(const struct seminar_office *o, int64_t id, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "mail.stop", .subject = id};
    struct arena *a = arena_open();
    struct invitation v = {0};
    enum status s = invitation_find(o->db, id, a, &v, e);

    if (s == OK)
        s = db_change(o->db, e);
    if (s == OK)
        s = db_change_end(o->db, mail_unsubscribe(o->db, v.address, who->now_at, e), &line, e);
    arena_close(a);
    return s;
}
