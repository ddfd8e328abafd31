/* Who came. */
#include "seminar/attendance.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "seminar/seminar_letter.h"
#include "seminar/signup.h"
#include "store/db.h"
#include "web/address.h"

#include <stdio.h>

#include <sodium.h>

static enum status tick(struct db *db, int64_t guest, enum attendance attendance, int64_t now_at,
                        struct err *e)
{
    static const char sql[] =
        "update seminar_signup set came_at = case when $2 = 0 then null else coalesce(came_at, $3) end "
        "where id = $1 and state = 'confirmed' returning id";
    struct query q = db_query(db, sql);
    bool is_ticked = false;

    bind_int(&q, 1, guest);
    bind_int(&q, 2, attendance == ATTENDANCE_CAME);
    bind_int(&q, 3, now_at);
    while (query_next(&q))
        is_ticked = true;
    TRY(query_end(&q, e));
    return is_ticked ? OK : err_set(e, REFUSED, "only a guest who has confirmed can be ticked");
}

enum status attendance_set(struct db *db, int64_t guest, enum attendance attendance, const struct who *who,
                           struct err *e)
{
    const struct audit_line line = {.who = *who,
                                    .action =
                                        attendance == ATTENDANCE_CAME ? "signup.came" : "signup.came_not",
                                    .subject = guest};

    TRY(db_change(db, e));
    return db_change_end(db, tick(db, guest, attendance, who->now_at, e), &line, e);
}

enum status attendance_code_set(struct db *db, int64_t seminar, enum attendance_code code,
                                const struct who *who, struct err *e)
{
    static const char sql[] = "update seminar set code = $2 where id = $1";
    const struct audit_line line = {.who = *who, .action = "seminar.code", .subject = seminar};
    char digits[8] = "";

    if (code == ATTENDANCE_CODE_ON)
        snprintf(digits, sizeof digits, "%06u", randombytes_uniform(1000000));
    TRY(db_change(db, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, seminar);
    bind_str(&q, 2, str_of(digits));
    return db_change_end(db, query_run(&q, e), &line, e);
}

static enum status not_checked_in(struct err *e)
{
    return err_set(e, REFUSED, "the code is not the one in the room today, or there is no such guest");
}

/* The confirmed guest with the address; 0: none. */
static enum status find_by_address(const struct seminar_office *o, int64_t seminar, struct str address,
                                   int64_t *id, struct err *e)
{
    static const char sql[] =
        "select id from seminar_signup where seminar = $1 and address = $2 and state = 'confirmed'";
    struct query q = db_query(o->db, sql);

    bind_int(&q, 1, seminar);
    bind_str(&q, 2, address);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

/* Is `code` the one in the room, on the day? */
static enum status check_code(const struct seminar_office *o, int64_t seminar, struct str code,
                              int64_t now_at, struct err *e)
{
    struct arena *a = arena_open();
    struct seminar s = {0};
    enum status ended = seminar_find(o->db, seminar, a, &s, e);

    if (ended == OK && (s.code.n == 0 || s.code.n != code.n || sodium_memcmp(s.code.p, code.p, code.n) != 0 ||
                        !date_equal(s.held_on, stockholm_day(now_at, NULL))))
        ended = not_checked_in(e);
    arena_close(a);
    return ended;
}

enum status attendance_by_address(const struct seminar_office *o, int64_t seminar, struct str code,
                                  struct str address, const struct who *who, struct err *e)
{
    struct arena *a = arena_open();
    int64_t guest = 0;
    enum status s = check_code(o, seminar, code, who->now_at, e);

    if (s == OK)
        s = find_by_address(o, seminar, address_normal(address, a), &guest, e);
    if (s == OK)
        s = guest > 0 ? attendance_set(o->db, guest, ATTENDANCE_CAME, who, e) : not_checked_in(e);
    arena_close(a);
    return s;
}

enum status attendance_by_guest(const struct seminar_office *o, int64_t guest, struct str code,
                                const struct who *who, struct err *e)
{
    struct arena *a = arena_open();
    struct signup g = {0};
    enum status s = signup_find(o->db, guest, a, &g, e);

    if (s == OK)
        s = check_code(o, g.seminar, code, who->now_at, e);
    if (s == OK)
        s = attendance_set(o->db, guest, ATTENDANCE_CAME, who, e);
    arena_close(a);
    return s;
}

static enum status mark_thanked(const struct seminar_office *o, int64_t seminar, int64_t now_at,
                                struct err *e)
{
    static const char sql[] =
        "update seminar set thanked_at = $2, code = '' where id = $1 and thanked_at is null returning id";
    struct query q = db_query(o->db, sql);
    bool is_first = false;

    bind_int(&q, 1, seminar);
    bind_int(&q, 2, now_at);
    while (query_next(&q))
        is_first = true;
    TRY(query_end(&q, e));
    return is_first ? OK : err_set(e, REFUSED, "thanks have been sent already");
}

static enum status thank(const struct seminar_office *o, int64_t seminar, int64_t now_at, struct arena *a,
                         int64_t *n, struct err *e)
{
    struct seminar s = {0};
    struct signups guests = {0};

    TRY(seminar_find(o->db, seminar, a, &s, e));
    if (s.state != SEMINAR_OPEN || now_at < stockholm_at(s.held_on, s.from_minute))
        return err_set(e, REFUSED, "the seminar has not been held yet");
    TRY(mark_thanked(o, seminar, now_at, e));
    TRY(signup_list(o->db, seminar, a, &guests, e));
    for (size_t i = 0; i < guests.n; i++)
        if (guests.signup[i].came_at > 0) {
            TRY(seminar_letter_to_guest(o, &s, &guests.signup[i], SEMINAR_LETTER_THANKS, now_at, e));
            ++*n;
        }
    return *n > 0 ? OK : err_set(e, REFUSED, "nobody has been ticked as present");
}

enum status attendance_thank(const struct seminar_office *o, int64_t seminar, const struct who *who,
                             int64_t *n, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "seminar.thank", .subject = seminar};
    struct arena *a = arena_open();

    *n = 0;
    enum status s = db_change(o->db, e);
    if (s == OK)
        s = db_change_end(o->db, thank(o, seminar, who->now_at, a, n, e), &line, e);
    arena_close(a);
    return s;
}
