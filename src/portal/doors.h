/* The city's doors: how far they are shut while something has gone wrong.
 *
 * Shutting them ends every session but one, and from then on only those who handle the incident sign in:
 * administrators and the data protection officer. What readers may use meanwhile is chosen in steps; the page
 * of help and the way out of the site are never shut. Every request asks the database, so that a door that is
 * shut is shut at once, for every thread and every server of the city; but a reader who only looks at a page
 * of a city in a server, which tells of it within some milliseconds (doors_watch). */
#ifndef LYKTA_PORTAL_DOORS_H
#define LYKTA_PORTAL_DOORS_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct route;

/* Each shuts what the one before it does, and more. */
enum doors_state {
    DOORS_OPEN,
    DOORS_ACCOUNTS, /* readers use all pages, and tell of situations */
    DOORS_REPORTS,  /* nothing is told, and nothing followed up: the pages are read */
    DOORS_HELP,     /* the page of help alone */
    DOORS_STATES
};

struct doors {
    enum doors_state state;
    int64_t since_at; /* 0: they have never been shut */
};

enum status doors_read(struct db *db, struct doors *out, struct err *e) MUST_USE;

/* The doors as they were read through one connection, at `read_at`. All zero to begin with. */
struct doors_watch {
    struct doors doors;
    int64_t read_at;
    bool is_known;
};

/* News on a connection that has died without a word never come: the doors are looked at again after this. */
enum { DOORS_WATCHED_SECONDS = 5 };

/* doors_read, when there are news of them (db_has_news) or they were read longer ago. `db` is the watch's
 * own, and so are its news; `now_at` is the moment now, in seconds. */
enum status doors_watch(struct db *db, int64_t now_at, struct doors_watch *watch, struct err *e) MUST_USE;

/* Shuts the doors as far as `state` says and ends every session but `kept`, or opens them. Inside the
 * caller's change, which has the line of the log. */
enum status doors_set(struct db *db, enum doors_state state, int64_t kept, int64_t now_at,
                      struct err *e) MUST_USE;

/* May who has `roles` sign in, and stay signed in? */
bool doors_let_in(enum doors_state state, uint32_t roles);

/* Does `route` still answer those who are not let in? */
bool doors_answer(enum doors_state state, const struct route *route);

/* "accounts": in the database and the log. */
struct str doors_name(enum doors_state state);

#endif
