/* A report of a situation, as it is before it is sealed: what was seen, when, where, and one free line.
 *
 * It has no place for a person, a vehicle, a contact or a room: what cannot be written cannot leak (GDPR
 * article 10; IMYRS 2021:1). In the sealed text a report is lines "key: value", then a blank line and the
 * free line.     */
#ifndef LYKTA_OBSERVATION_REPORT_H
#define LYKTA_OBSERVATION_REPORT_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct indicators;

enum { REPORT_SIGNS = 20, REPORT_TEXT_BYTES = 4000 };

enum report_when { WHEN_TODAY, WHEN_YESTERDAY, WHEN_THIS_WEEK, WHEN_EARLIER, WHENS };
enum report_area {
    AREA_CENTRE,
    AREA_NORTH,
    AREA_EAST,
    AREA_SOUTH,
    AREA_WEST,
    AREA_COUNTRY,
    AREA_UNKNOWN,
    AREAS
};
enum report_place {
    PLACE_HOTEL,
    PLACE_HOME,
    PLACE_SALON,
    PLACE_RESTAURANT,
    PLACE_SITE,
    PLACE_OUTDOORS,
    PLACE_NET,
    PLACE_OTHER,
    PLACES
};

struct report {
    struct str actor; /* whose cards were shown: "hotel"; "public" for anyone */
    size_t n_signs;
    struct str sign[REPORT_SIGNS]; /* "HO01" */
    enum report_when when;
    enum report_area area;
    enum report_place place;
    struct str text; /* one free line; may be empty */
};

/* The words that stand for the answers: in forms, in the sealed text and in counts ("today", "centre"). */
const char *report_when_name(enum report_when when);
const char *report_area_name(enum report_area area);
const char *report_place_name(enum report_place place);

/* The answer of the word `name`; false when there is none. */
bool report_when_named(struct str name, enum report_when *out);
bool report_area_named(struct str name, enum report_area *out);
bool report_place_named(struct str name, enum report_place *out);

/* May it be taken? BAD_INPUT: nothing was seen (no sign and no text), a sign that does not exist, a text that
 * is too long, or one in which the scanner finds what no report may hold. */
enum status report_check(const struct report *r, const struct indicators *indicators, struct err *e) MUST_USE;

/* Do its signs say little on their own: at most one, and none that is more than weak, and no free line? Then
 * the page gives advice before it is sent, and the person decides. */
bool report_is_weak(const struct report *r, const struct indicators *indicators);

/* Does one of its signs call for help at once (caution AKU), or concern a child (BAR)? */
bool report_calls_for(const struct report *r, const struct indicators *indicators, const char *caution);

/* Is one of its signs about a form of exploitation ("labour")? */
bool report_is_of_form(const struct report *r, const struct indicators *indicators, const char *form);

/* Has it several signs, of which one means nothing on its own (caution ENS)? Then they are weighed together.
 */
bool report_is_weighed(const struct report *r, const struct indicators *indicators);

/* The text that is sealed, and back. Reading takes what an older version wrote: unknown keys are passed over.
 */
struct str report_write(const struct report *r, struct arena *a);
void report_read(struct str text, struct report *out);

#endif
