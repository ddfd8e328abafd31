/* Reminders: once, in time, and to nobody who has asked for none. */
#include "base/arena.h"
#include "calendar/stockholm.h"
#include "seminar/invitation.h"
#include "seminar/seminar_letter.h"
#include "seminar/signup.h"
#include "store/db.h"

enum { FIRST_HOUR_MINUTES = 8 * 60 }; /* nobody is reminded at night */

static enum status note(const struct seminar_office *o, const char *sql, int64_t id, int64_t now_at,
                        struct err *e)
{
    struct query q = db_query(o->db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    return query_run(&q, e);
}

static enum status remind_invited(const struct seminar_office *o, const struct seminar *s, int64_t now_at,
                                  struct arena *a, int64_t *n, struct err *e)
{
    static const char one[] = "update seminar_invitation set reminded_at = $2 where id = $1";
    static const char all[] = "update seminar set reminded_at = $2 where id = $1";
    struct invitations invited = {0};

    TRY(invitation_list(o->db, s->id, a, &invited, e));
    for (size_t i = 0; i < invited.n; i++) {
        const struct invitation *v = &invited.invitation[i];
        int64_t letter = 0;

        if (v->answer != INVITATION_NO_ANSWER || v->failed_at > 0)
            continue;
        TRY(seminar_letter_to_invited(o, s, v, S(""), SEMINAR_LETTER_REMINDER, now_at, &letter, e));
        if (letter > 0)
            TRY(note(o, one, v->id, now_at, e));
        *n += letter > 0;
    }
    return note(o, all, s->id, now_at, e);
}

static enum status tell_guests(const struct seminar_office *o, const struct seminar *s, int64_t now_at,
                               struct arena *a, int64_t *n, struct err *e)
{
    static const char all[] = "update seminar set told_at = $2 where id = $1";
    struct signups guests = {0};

    TRY(signup_list(o->db, s->id, a, &guests, e));
    for (size_t i = 0; i < guests.n; i++)
        if (guests.signup[i].is_seated && guests.signup[i].state == SIGNUP_CONFIRMED) {
            TRY(seminar_letter_to_guest(o, s, &guests.signup[i], SEMINAR_LETTER_TOMORROW, now_at, e));
            ++*n;
        }
    return note(o, all, s->id, now_at, e);
}

/* What one seminar is due for today. */
static enum status remind_one(const struct seminar_office *o, const struct seminar *s, const struct who *who,
                              struct arena *a, int64_t *n, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "seminar.reminded", .subject = s->id};
    int64_t days = date_days(s->held_on) - date_days(stockholm_day(who->now_at, NULL));
    bool asks = s->is_reminding && s->reminded_at == 0 && days <= INVITATION_REMINDER_DAYS &&
                seminar_takes(s, who->now_at);
    bool tells = s->told_at == 0 && days == 1;

    if (!asks && !tells)
        return OK;
    TRY(db_change(o->db, e));
    enum status ended = asks ? remind_invited(o, s, who->now_at, a, n, e) : OK;
    if (ended == OK && tells)
        ended = tell_guests(o, s, who->now_at, a, n, e);
    return db_change_end(o->db, ended, &line, e);
}

enum status invitation_remind(const struct seminar_office *o, const struct who *who, int64_t *n,
                              struct err *e)
{
    struct arena *a = arena_open();
    struct seminars coming = {0};
    int minute = 0;
    struct date today = stockholm_day(who->now_at, &minute);
    enum status ended = OK;

    *n = 0;
    if (minute >= FIRST_HOUR_MINUTES)
        ended = seminar_list(o->db, SEMINAR_COMING, today, a, &coming, e);
    for (size_t i = 0; ended == OK && i < coming.n; i++)
        ended = remind_one(o, &coming.seminar[i], who, a, n, e);
    arena_close(a);
    return ended;
}
