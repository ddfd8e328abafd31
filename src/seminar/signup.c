/* Signing up for a seminar without an account. */
#include "seminar/signup.h"

#include "base/arena.h"
#include "seminar/seat.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_link.h"
#include "store/db.h"
#include "web/address.h"

/* A piece of work on one guest: its seminar and the guest, in an arena of its own. */
struct work {
    const struct seminar_office *o;
    struct arena *arena;
    struct seminar seminar;
    struct signup guest;
    int64_t now_at;
};

static enum status arrive(struct work *w, const struct signup *ask, enum signup_proof proof, int64_t *id,
                          struct err *e);

enum signup_fault signup_check(const struct signup *s)
{
    if (str_trim(s->name).n == 0 || s->name.n > SIGNUP_NAME_MAX_BYTES)
        return SIGNUP_NO_NAME;
    if (str_trim(s->organisation_name).n == 0 || s->organisation_name.n > SIGNUP_NAME_MAX_BYTES)
        return SIGNUP_NO_ORGANISATION;
    if (!address_is_valid(s->address))
        return SIGNUP_WRONG_ADDRESS;
    return s->needs.n > SIGNUP_NEEDS_MAX_BYTES ? SIGNUP_LONG_NEEDS : SIGNUP_RIGHT;
}

enum status signup_add(const struct seminar_office *o, const struct signup *ask, enum signup_proof proof,
                       const struct who *who, int64_t *id, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "signup.add"};
    struct work w = {.o = o, .arena = arena_open(), .now_at = who->now_at};
    enum status s = OK;

    *id = 0;
    if (signup_check(ask) != SIGNUP_RIGHT)
        s = err_set(e, BAD_INPUT, "a sign-up needs a name, an organisation and an e-mail address");
    if (s == OK)
        s = db_change(o->db, e);
    if (s == OK) {
        s = arrive(&w, ask, proof, id, e);
        line.subject = *id;
        s = db_change_end(o->db, s, &line, e);
    }
    arena_close(w.arena);
    return s;
}

/* The guest of the seminar with the address, if there is one. */
static enum status known(const struct work *w, const struct signup *ask, int64_t *id, struct err *e)
{
    static const char sql[] = "select id from seminar_signup where seminar = $1 and address = $2";
    struct query q = db_query(w->o->db, sql);

    bind_int(&q, 1, ask->seminar);
    bind_str(&q, 2, ask->address);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

static bool is_coming(const struct signup *s)
{
    return s->state == SIGNUP_CONFIRMED || s->state == SIGNUP_UNCONFIRMED;
}

/* Fills in what an arrival decides: seat, place, state and a new link. A calendar entry that was taken back
 * before is overtaken by a higher number. */
static enum status decide(struct work *w, struct signup *guest, enum signup_proof proof, struct err *e)
{
    bool is_by_letter = proof == SIGNUP_BY_LETTER;

    TRY(seat_is_free(w->o, &w->seminar, &guest->is_seated, e));
    TRY(seat_next_place(w->o, w->seminar.id, &guest->place, e));
    guest->state = is_by_letter ? SIGNUP_CONFIRMED : SIGNUP_UNCONFIRMED;
    guest->nonce = seminar_link_nonce(w->arena);
    guest->arrived_at = guest->lettered_at = w->now_at;
    guest->confirmed_at = is_by_letter ? w->now_at : 0;
    guest->expires_at = is_by_letter ? 0 : w->now_at + SIGNUP_HOURS * 3600;
    return OK;
}

static void bind_or_null(struct query *q, int parameter, int64_t value)
{
    if (value > 0)
        bind_int(q, parameter, value);
    else
        bind_null(q, parameter);
}

/* Binds $1 … $16; who was cancelled or expired before keeps the row. */
static enum status save_arrival(struct work *w, struct signup *guest, struct err *e)
{
    static const char sql[] =
        "insert into seminar_signup (seminar, invitation, organisation, actor, organisation_name, name, address, "
        "language, needs, wants_letters, state, is_seated, place, nonce, arrived_at, lettered_at, confirmed_at, "
        "expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16, $17) "
        "on conflict (seminar, address) do update set invitation = excluded.invitation, "
        "organisation = excluded.organisation, actor = excluded.actor, "
        "organisation_name = excluded.organisation_name, name = excluded.name, language = excluded.language, "
        "needs = excluded.needs, wants_letters = excluded.wants_letters, state = excluded.state, "
        "is_seated = excluded.is_seated, place = excluded.place, nonce = excluded.nonce, "
        "arrived_at = excluded.arrived_at, lettered_at = excluded.lettered_at, "
        "confirmed_at = excluded.confirmed_at, expires_at = excluded.expires_at, came_at = null, "
        "sequence = seminar_signup.sequence + 1 "
        "returning id, sequence";
    struct query q = db_query(w->o->db, sql);

    bind_int(&q, 1, guest->seminar);
    bind_or_null(&q, 2, guest->invitation);
    bind_or_null(&q, 3, guest->organisation);
    bind_str(&q, 4, guest->actor);
    bind_str(&q, 5, str_trim(guest->organisation_name));
    bind_str(&q, 6, str_trim(guest->name));
    bind_str(&q, 7, guest->address);
    bind_str(&q, 8, language_code(guest->language));
    bind_str(&q, 9, guest->needs);
    bind_int(&q, 10, guest->wants_letters);
    bind_str(&q, 11, guest->state == SIGNUP_CONFIRMED ? S("confirmed") : S("unconfirmed"));
    bind_int(&q, 12, guest->is_seated);
    bind_int(&q, 13, guest->place);
    bind_str(&q, 14, guest->nonce);
    bind_int(&q, 15, guest->arrived_at);
    bind_or_null(&q, 16, guest->confirmed_at);
    bind_or_null(&q, 17, guest->expires_at);
    if (query_next(&q)) {
        guest->id = query_int(&q, 0);
        guest->sequence = query_int(&q, 1);
    }
    return query_run(&q, e);
}

static enum status mark_answered(const struct work *w, int64_t invitation, struct err *e)
{
    static const char sql[] = "update seminar_invitation set answer = 'yes', answered_at = $2 where id = $1";
    struct query q = db_query(w->o->db, sql);

    bind_int(&q, 1, invitation);
    bind_int(&q, 2, w->now_at);
    return query_run(&q, e);
}

/* The letter that fits where the guest stands. */
static enum status write_standing(struct work *w, const struct signup *guest, struct err *e)
{
    enum seminar_letter kind = guest->state == SIGNUP_UNCONFIRMED ? SEMINAR_LETTER_CONFIRM
                               : guest->is_seated                 ? SEMINAR_LETTER_WELCOME
                                                                  : SEMINAR_LETTER_WAITING;

    return seminar_letter_to_guest(w->o, &w->seminar, guest, kind, w->now_at, e);
}

/* Somebody who is signed up already, or somebody else who typed that address: the owner gets the letter
 * again, but not over and over. */
static enum status remind_known(struct work *w, int64_t id, struct err *e)
{
    static const char sql[] = "update seminar_signup set lettered_at = $2 where id = $1";

    TRY(signup_find(w->o->db, id, w->arena, &w->guest, e));
    if (w->now_at - w->guest.lettered_at < SIGNUP_QUIET_SECONDS)
        return OK;
    struct query q = db_query(w->o->db, sql);
    bind_int(&q, 1, id);
    bind_int(&q, 2, w->now_at);
    TRY(query_run(&q, e));
    return write_standing(w, &w->guest, e);
}

static enum status arrive(struct work *w, const struct signup *ask, enum signup_proof proof, int64_t *id,
                          struct err *e)
{
    struct signup guest = *ask;
    struct signup before = {.state = SIGNUP_CANCELLED};

    TRY(seminar_find(w->o->db, ask->seminar, w->arena, &w->seminar, e));
    if (!seminar_takes(&w->seminar, w->now_at))
        return err_set(e, REFUSED, "the seminar takes no more sign-ups");
    TRY(known(w, ask, id, e));
    if (*id > 0)
        TRY(signup_find(w->o->db, *id, w->arena, &before, e));
    if (is_coming(&before))
        return remind_known(w, *id, e);
    TRY(decide(w, &guest, proof, e));
    TRY(save_arrival(w, &guest, e));
    *id = guest.id;
    if (proof == SIGNUP_BY_LETTER && guest.invitation > 0)
        TRY(mark_answered(w, guest.invitation, e));
    return write_standing(w, &guest, e);
}
