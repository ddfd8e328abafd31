/* Events as calendar programs read them: iCalendar (RFC 5545) and invitations by letter (RFC 5546), written
 * with libical. Times stand in Europe/Stockholm, whose rules go along, so that an event stays at its hour on
 * the wall. An event keeps its UID for ever; whoever changes it raises SEQUENCE, and old entries move by
 * themselves. */
#ifndef LYKTA_CALENDAR_CALENDAR_H
#define LYKTA_CALENDAR_CALENDAR_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum calendar_method {
    CALENDAR_PUBLISH, /* for anyone to keep */
    CALENDAR_REQUEST, /* an invitation, or a change of it, to one reader */
    CALENDAR_CANCEL   /* the reader's entry is to go */
};

struct calendar_event {
    struct str uid;
    int64_t sequence;
    struct str title;
    struct str place;
    struct str about;   /* plain text; may be empty */
    struct str address; /* of its page; may be empty */
    struct date day;
    int from_minute, to_minute; /* since midnight; to_minute after from_minute */
    int64_t changed_at;
    bool is_cancelled;
};

/* Who asks whom: for invitations. Addresses have passed address_is_valid. */
struct calendar_people {
    struct str organiser_name, organiser;
    struct str reader_name, reader;
    bool is_accepted; /* the reader has said yes */
};

/* "PUBLISH", "REQUEST", "CANCEL": as the Content-Type's method too. */
struct str calendar_method_name(enum calendar_method method);

/* The `n` events as one VCALENDAR, lines folded and ended with CRLF, in `a`. `people` is NULL for PUBLISH.
 * SYSTEM when libical has no memory. */
enum status calendar_write(enum calendar_method method, const struct calendar_event *events, size_t n,
                           const struct calendar_people *people, int64_t now_at, struct arena *a,
                           struct str *out, struct err *e) MUST_USE;

#endif
