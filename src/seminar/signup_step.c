/* What guests do by the links in their letters, and what time does. */
#include "base/arena.h"
#include "mail/mail.h"
#include "seminar/seat.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_link.h"
#include "seminar/signup.h"
#include "store/db.h"

/* A step of one guest: inside a change, with all it needs read. */
struct step {
    const struct seminar_office *o;
    struct arena *arena;
    struct seminar seminar;
    struct signup guest;
    int64_t now_at;
    const struct signup *wish; /* of signup_change and signup_replace */
};

typedef enum status take_step(struct step *s, struct err *e);

/* Reads the guest and the seminar, and takes the step, in one change with one line in the log. */
static enum status in_change(const struct seminar_office *o, int64_t id, const struct signup *wish,
                             const char *action, const struct who *who, take_step *take, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = action, .subject = id};
    struct step s = {.o = o, .arena = arena_open(), .now_at = who->now_at, .wish = wish};
    enum status ended = db_change(o->db, e);

    if (ended == OK) {
        ended = signup_find(o->db, id, s.arena, &s.guest, e);
        if (ended == OK)
            ended = seminar_find(o->db, s.guest.seminar, s.arena, &s.seminar, e);
        if (ended == OK)
            ended = take(&s, e);
        ended = db_change_end(o->db, ended, &line, e);
    }
    arena_close(s.arena);
    return ended;
}

static enum status save_confirmed(struct step *s, struct err *e)
{
    static const char sql[] = "update seminar_signup set state = 'confirmed', confirmed_at = $2, "
                              "expires_at = null, is_seated = $3, place = $4, lettered_at = $2 where id = $1";
    struct query q = db_query(s->o->db, sql);

    bind_int(&q, 1, s->guest.id);
    bind_int(&q, 2, s->now_at);
    bind_int(&q, 3, s->guest.is_seated);
    bind_int(&q, 4, s->guest.place);
    return query_run(&q, e);
}

/* Who confirms too late comes last: the seat has gone to the next in turn. */
static enum status confirm(struct step *s, struct err *e)
{
    if (s->guest.state == SIGNUP_CONFIRMED)
        return OK;
    if (s->guest.state == SIGNUP_CANCELLED || s->seminar.state != SEMINAR_OPEN)
        return err_set(e, REFUSED, "the sign-up can no longer be confirmed");
    if (s->guest.state == SIGNUP_EXPIRED) {
        TRY(seat_is_free(s->o, &s->seminar, &s->guest.is_seated, e));
        TRY(seat_next_place(s->o, s->seminar.id, &s->guest.place, e));
    }
    if (!s->guest.is_seated)
        TRY(seat_is_free(s->o, &s->seminar, &s->guest.is_seated, e));
    TRY(save_confirmed(s, e));
    if (s->guest.wants_letters)
        TRY(mail_subscribe(s->o->db, s->guest.address, e));
    s->guest.state = SIGNUP_CONFIRMED;
    return seminar_letter_to_guest(s->o, &s->seminar, &s->guest,
                                   s->guest.is_seated ? SEMINAR_LETTER_WELCOME : SEMINAR_LETTER_WAITING,
                                   s->now_at, e);
}

enum status signup_confirm(const struct seminar_office *o, int64_t id, const struct who *who, struct err *e)
{
    return in_change(o, id, NULL, "signup.confirm", who, confirm, e);
}

static enum status save_cancelled(const struct step *s, struct err *e)
{
    static const char sql[] = "update seminar_signup set state = 'cancelled', is_seated = 0, needs = '', "
                              "expires_at = null, sequence = sequence + 1 where id = $1";
    struct query q = db_query(s->o->db, sql);

    bind_int(&q, 1, s->guest.id);
    return query_run(&q, e);
}

static enum status cancel(struct step *s, struct err *e)
{
    if (s->guest.state == SIGNUP_CANCELLED || s->guest.state == SIGNUP_EXPIRED)
        return OK;
    TRY(save_cancelled(s, e));
    s->guest.sequence++;
    s->guest.state = SIGNUP_CANCELLED;
    TRY(seminar_letter_to_guest(s->o, &s->seminar, &s->guest, SEMINAR_LETTER_GOODBYE, s->now_at, e));
    return s->seminar.state == SEMINAR_OPEN ? seat_fill(s->o, &s->seminar, s->now_at, e) : OK;
}

enum status signup_cancel(const struct seminar_office *o, int64_t id, const struct who *who, struct err *e)
{
    return in_change(o, id, NULL, "signup.cancel", who, cancel, e);
}

static enum status change(struct step *s, struct err *e)
{
    static const char sql[] =
        "update seminar_signup set name = $2, organisation_name = $3, needs = $4 where id = $1";
    struct query q = db_query(s->o->db, sql);

    bind_int(&q, 1, s->guest.id);
    bind_str(&q, 2, str_trim(s->wish->name));
    bind_str(&q, 3, str_trim(s->wish->organisation_name));
    bind_str(&q, 4, s->wish->needs);
    return query_run(&q, e);
}

enum status signup_change(const struct seminar_office *o, const struct signup *wish, const struct who *who,
                          struct err *e)
{
    if (signup_check(wish) != SIGNUP_RIGHT)
        return err_set(e, BAD_INPUT, "a sign-up needs a name, an organisation and an e-mail address");
    return in_change(o, wish->id, wish, "signup.change", who, change, e);
}

static enum status check_free(const struct step *s, struct err *e)
{
    static const char sql[] = "select 1 from seminar_signup where seminar = $1 and address = $2";
    struct query q = db_query(s->o->db, sql);

    bind_int(&q, 1, s->seminar.id);
    bind_str(&q, 2, s->wish->address);
    bool is_known = query_next(&q);
    TRY(query_end(&q, e));
    return is_known ? err_set(e, REFUSED, "the one who comes instead is signed up already") : OK;
}

/* The wishes about food go with the guest who had them. */
static enum status save_replaced(const struct step *s, struct str nonce, struct err *e)
{
    static const char sql[] = "update seminar_signup set name = $2, address = $3, nonce = $4, needs = '', "
                              "sequence = sequence + 1, lettered_at = $5 where id = $1";
    struct query q = db_query(s->o->db, sql);

    bind_int(&q, 1, s->guest.id);
    bind_str(&q, 2, str_trim(s->wish->name));
    bind_str(&q, 3, s->wish->address);
    bind_str(&q, 4, nonce);
    bind_int(&q, 5, s->now_at);
    return query_run(&q, e);
}

static enum status replace(struct step *s, struct err *e)
{
    struct str nonce = seminar_link_nonce(s->arena);

    if (s->guest.state != SIGNUP_CONFIRMED || s->seminar.state != SEMINAR_OPEN)
        return err_set(e, REFUSED, "only a guest who has confirmed can send somebody else");
    TRY(check_free(s, e));
    TRY(save_replaced(s, nonce, e));
    s->guest.sequence++;
    TRY(seminar_letter_to_guest(s->o, &s->seminar, &s->guest, SEMINAR_LETTER_REPLACED, s->now_at, e));
    s->guest.name = str_trim(s->wish->name);
    s->guest.address = s->wish->address;
    s->guest.nonce = nonce;
    return seminar_letter_to_guest(s->o, &s->seminar, &s->guest,
                                   s->guest.is_seated ? SEMINAR_LETTER_INSTEAD : SEMINAR_LETTER_WAITING,
                                   s->now_at, e);
}

enum status signup_replace(const struct seminar_office *o, int64_t id, struct str name, struct str address,
                           const struct who *who, struct err *e)
{
    const struct signup wish = {.name = name, .address = address, .organisation_name = S("-")};

    if (signup_check(&wish) != SIGNUP_RIGHT)
        return err_set(e, BAD_INPUT, "who comes instead needs a name and an e-mail address");
    return in_change(o, id, &wish, "signup.replace", who, replace, e);
}

static enum status expire(struct step *s, struct err *e)
{
    static const char sql[] =
        "update seminar_signup set state = 'expired', is_seated = 0, needs = '' where id = $1";
    struct query q = db_query(s->o->db, sql);

    bind_int(&q, 1, s->guest.id);
    TRY(query_run(&q, e));
    return s->seminar.state == SEMINAR_OPEN ? seat_fill(s->o, &s->seminar, s->now_at, e) : OK;
}

enum status signup_expire(const struct seminar_office *o, const struct who *who, int64_t *n, struct err *e)
{
    static const char sql[] =
        "select id from seminar_signup where state = 'unconfirmed' and expires_at <= $1 order by id limit 1";
    int64_t id = 0;

    for (*n = 0;; ++*n) {
        struct query q = db_query(o->db, sql);

        bind_int(&q, 1, who->now_at);
        id = query_next(&q) ? query_int(&q, 0) : 0;
        TRY(query_end(&q, e));
        if (id == 0)
            return OK;
        TRY(in_change(o, id, NULL, "signup.expire", who, expire, e));
    }
}
