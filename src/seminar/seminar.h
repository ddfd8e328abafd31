/* Seminars: what is held when and where, for how many, and how far it has come.
 *
 *     draft ──► open ──► cancelled
 *
 * A draft is seen by the coordinator alone. What guests keep in their calendars is raised by every change of
 * time, place or title (`sequence`), and told to them in the same change. */
#ifndef LYKTA_SEMINAR_SEMINAR_H
#define LYKTA_SEMINAR_SEMINAR_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct calendar_event;
struct db;

enum {
    SEMINAR_TITLE_MAX_BYTES = 200,
    SEMINAR_TEXT_MAX_BYTES = 20000,
    SEMINAR_LINE_MAX_BYTES = 500,
    SEMINAR_SEATS_MAX = 10000
};

/* The office that holds the seminars: what its letters need. Plain data, made for a piece of work. */
struct seminar_office {
    struct db *db;
    struct str city;               /* "Lund" */
    struct str address;            /* where readers find the site, without a closing slash */
    struct str organiser;          /* an e-mail address; empty: calendars name no organiser */
    const unsigned char *link_key; /* 32 bytes: what links in letters are proved with */
};

enum seminar_state { SEMINAR_DRAFT, SEMINAR_OPEN, SEMINAR_CANCELLED };

struct seminar {
    int64_t id;
    struct str uid; /* of its calendar entries, for ever */
    enum seminar_state state;
    struct str title;
    struct str about;    /* Markdown */
    struct str speakers; /* a line each */
    struct str place;
    struct str access; /* hearing loop, steps … */
    struct date held_on;
    int from_minute, to_minute; /* since midnight, on Swedish walls */
    int64_t seats;
    struct date last_day; /* to sign up */
    int64_t sequence;
    int64_t version;     /* raised by every change */
    bool is_reminding;   /* who has not answered is reminded three days before */
    int64_t reminded_at; /* 0: not yet */
    int64_t told_at;     /* those who come were told the day before; 0: not yet */
    int64_t thanked_at;  /* 0: not yet */
    struct str code;     /* to check in with; empty: check-in by code is off */
    int64_t changed_at;
    int64_t seated;  /* seats taken */
    int64_t waiting; /* confirmed and without a seat */
};

struct seminars {
    size_t n;
    struct seminar *seminar;
};

/* Why a seminar cannot be saved as it is: the first field that is wrong. */
enum seminar_fault {
    SEMINAR_RIGHT,
    SEMINAR_NO_TITLE,
    SEMINAR_LONG_TITLE,
    SEMINAR_NO_DAY,
    SEMINAR_PAST_DAY,
    SEMINAR_WRONG_TIMES,
    SEMINAR_NO_PLACE,
    SEMINAR_LONG_TEXT,
    SEMINAR_WRONG_SEATS,
    SEMINAR_LATE_LAST_DAY
};

enum seminar_fault seminar_check(const struct seminar *s, struct date today);

/* Makes a draft of what the coordinator fills in; *id is its number. BAD_INPUT when seminar_check finds a
 * fault. */
enum status seminar_make(const struct seminar_office *o, const struct seminar *s, const struct who *who,
                         int64_t *id, struct err *e) MUST_USE;

/* Saves what the coordinator fills in. REFUSED when its version is no longer s->version: somebody else has
 * changed it. When time, place or title of an open seminar change, everyone who comes or may still answer is
 * told, and their entries move; more seats let the waiting list move on. */
enum status seminar_change(const struct seminar_office *o, const struct seminar *s, const struct who *who,
                           struct err *e) MUST_USE;

/* A draft is shown to everyone. REFUSED when it is no draft. */
enum status seminar_open(const struct seminar_office *o, int64_t id, const struct who *who,
                         struct err *e) MUST_USE;

/* The seminar will not be held: everyone is told, and their entries go. REFUSED when it is not open. */
enum status seminar_cancel(const struct seminar_office *o, int64_t id, const struct who *who,
                           struct err *e) MUST_USE;

/* "Stop reminding", and again. */
enum seminar_reminding { SEMINAR_SILENT, SEMINAR_REMINDING };
enum status seminar_remind_set(struct db *db, int64_t id, enum seminar_reminding reminding,
                               const struct who *who, struct err *e) MUST_USE;

/* In `a`; REFUSED when there is none. */
enum status seminar_find(struct db *db, int64_t id, struct arena *a, struct seminar *out,
                         struct err *e) MUST_USE;

/* Open seminars held on `today` or later, the next first; or all, the latest first. */
enum seminar_choice { SEMINAR_COMING, SEMINAR_ALL };
enum status seminar_list(struct db *db, enum seminar_choice choice, struct date today, struct arena *a,
                         struct seminars *out, struct err *e) MUST_USE;

/* Can one sign up: open, not later than its last day, not yet held? */
bool seminar_takes(const struct seminar *s, int64_t now_at);

/* What calendars keep of it; `extra` is added to its sequence. Texts in `a`. */
struct calendar_event seminar_event(const struct seminar_office *o, const struct seminar *s, int64_t extra,
                                    struct arena *a);

#endif
