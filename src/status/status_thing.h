/* What the page of how the system is says of each thing: its state, what it means and what to do. */
#ifndef LYKTA_STATUS_STATUS_THING_H
#define LYKTA_STATUS_STATUS_THING_H

#include "base/str.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct finding;
struct status_facts;

/* The worst first. */
enum status_state {
    STATUS_NOW,    /* the city's work is at risk, or stands still */
    STATUS_SOON,   /* to be seen to, before it gets worse */
    STATUS_UNSEEN, /* it cannot be seen from here */
    STATUS_WELL,
    STATUS_STATES
};

/* Texts; an empty one is left out. */
struct status_thing {
    enum status_state state;
    enum text_key title;
    struct str is;        /* how it is */
    struct str means;     /* what that means for the city's work */
    struct str act;       /* what to do */
    bool is_just_now;     /* it was looked at for this page */
    struct str looked_at; /* else when, Swedish time; empty: it was not */
    size_t details;       /* faults as `lykta check` words them, in English */
    const struct finding *detail;
};

enum { STATUS_THINGS = 11 };

/* Fills `out`, the worst first, else in the order of the table in docs/operate.md. Texts are in `a`, or
 * constant. */
void status_judge(const struct status_facts *f, enum language language, struct arena *a,
                  struct status_thing out[STATUS_THINGS]);

#endif
