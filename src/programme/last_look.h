/* The last look: before a programme publishes, each city whose figures are in them reads them as they will
 * be, by a link of its own, and says that it has nothing to object, or objects in words.
 *
 * A look runs until its day or until every city has answered; nothing is published meanwhile. It is about one
 * pooling and the programme's text about it, named by their hash: when a release comes, a city leaves or the
 * text is changed, what the cities read is void, and nothing is published until the look has been ended or
 * opened anew. */
#ifndef LYKTA_PROGRAMME_LAST_LOOK_H
#define LYKTA_PROGRAMME_LAST_LOOK_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct outside;
struct pooled;

enum { LAST_LOOK_DAYS = 14, LAST_LOOK_MOST_DAYS = 90, LAST_LOOK_WORDS_LETTERS = 3000 };

enum look_answer { LOOK_UNANSWERED, LOOK_AGREES, LOOK_OBJECTS };

struct look_city {
    struct str municipality, name;
    struct str email; /* empty: has been deleted */
    enum look_answer answer;
    struct str words;
    int64_t answered_at;
    int64_t readings, read_at;
};

enum look_state {
    LOOK_NONE,    /* there is none, or it has been ended */
    LOOK_RUNNING, /* cities have time to answer */
    LOOK_OVER     /* every city has answered, or the time is over */
};

struct last_look {
    int64_t id; /* 0: there has been none */
    struct str hash;
    int64_t opened_at, until_at;
    int64_t ended_at; /* by publishing, or called off; 0: not */
    size_t cities, answered, objecting;
    struct look_city *city; /* by municipality */
};

/* Where a city is written to. */
struct look_address {
    struct str municipality, email;
};

/* The cities of `pooled`, each once, by municipality; in `a`. */
size_t last_look_cities(const struct pooled *pooled, struct arena *a, struct look_city **out);

/* Opens a look at `pooled` until the end of the day `until`, and queues a letter with its link to each of its
 * cities. `address[n]` has one for each. REFUSED when a look is running, BAD_INPUT when an address is
 * missing. */
enum status last_look_open(const struct city *programme, struct db *db, const struct outside *outside,
                           const struct pooled *pooled, const struct look_address *address, size_t n,
                           struct date until, const struct who *who, struct err *e) MUST_USE;

/* The latest one, in `a`. */
enum status last_look_latest(struct db *db, struct arena *a, struct last_look *out, struct err *e) MUST_USE;

enum look_state last_look_state(const struct last_look *look, int64_t now_at);

/* Is it about other figures or another text than `pooled`? */
bool last_look_is_void(const struct last_look *look, const struct pooled *pooled, struct arena *a);

/* REFUSED while a look runs, and when the cities have read other figures than `pooled`. */
enum status last_look_allows(struct db *db, const struct pooled *pooled, int64_t now_at, struct arena *a,
                             struct err *e) MUST_USE;

/* Ends the look that has not been ended, when there is one; inside the change under way. */
enum status last_look_set_ended(struct db *db, int64_t now_at, struct err *e) MUST_USE;

/* Calls it off. REFUSED when there is none to call off. */
enum status last_look_call_off(struct db *db, const struct who *who, struct err *e) MUST_USE;

/* Whose link `token` is at `now_at`: *look and which of its cities, in `a`. look->id is 0 for an unknown link
 * and for one of a look that has ended or whose day has passed. */
enum status last_look_by_link(struct db *db, struct str token, int64_t now_at, struct arena *a,
                              struct last_look *look, const struct look_city **city, struct err *e) MUST_USE;

/* Notes that the city reads; called before the figures are shown. */
enum status last_look_note_read(struct db *db, const struct last_look *look, const struct look_city *city,
                                const struct who *who, struct err *e) MUST_USE;

/* The city answers, or changes its answer; an objection has words (BAD_INPUT without) and is told to whoever
 * leads the programme. REFUSED when the look is over for it. */
enum status last_look_answer(const struct city *programme, struct db *db, const struct last_look *look,
                             const struct look_city *city, enum look_answer answer, struct str words,
                             const struct who *who, struct err *e) MUST_USE;

#endif
