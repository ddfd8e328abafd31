/* Which function answers a request: each room has a table of its routes, checked when the program starts. */
#ifndef LYKTA_WEB_ROUTE_H
#define LYKTA_WEB_ROUTE_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct request;
struct response;

/* Answers one request: reads `r`, fills `out`. A failure is answered with the page for it: BAD_INPUT 400,
 * REFUSED 422, anything else 500 with the sentence in the log.                                            */
typedef enum status route_handler(const struct request *r, struct response *out, struct err *e);

/* What may be done, and who may: one table of the site's, which a route names a row of by its number. Roles
 * are a set of bits that the site gives a meaning; one of them is enough. Row 0 is nobody's: a route that
 * names no permission is refused at start. Row 1 is everybody's, also without an account, in every site. */
struct route_permission {
    const char *name; /* "seminar.change": for the log and for who looks after roles */
    uint32_t roles;
};

enum { ROUTE_NOBODY = 0, ROUTE_ANYONE = 1, ROUTE_PERMISSIONS = 2 };

enum { ROUTE_MAX_PARAMS = 4, ROUTE_BODY_LIMIT_BYTES = 64 * 1024, ROUTE_FILES = 8 };

/* A pattern is "/" or segments of letters, digits, - _ . ~ and parameters: ":id" takes a whole number from 1
 * on, any other ":name" a piece of at most 100 letters, digits, - _ . that does not begin with a dot.
 *
 *     static const struct route plan_routes[] = {
 *         {"GET", "/plan", ROUTE_ANYONE, plan_show, .caching = ROUTE_REVALIDATED},
 *         {"POST", "/plan/measure/:id", PLAN_CHANGE, measure_save},
 *         {.method = NULL},
 *     };                                                                                                  */
struct route {
    const char *method; /* GET (which answers HEAD too) or POST; NULL ends the table */
    const char *pattern;
    int permission; /* a row of the site's table */
    route_handler *handle;
    size_t body_limit_bytes; /* of a POST; 0 means ROUTE_BODY_LIMIT_BYTES */
    size_t files_most;       /* of its form; 0 means ROUTE_FILES */
    /* Draws the form anew when what was sent is larger than that, or more files (r->beyond): to whoever may
     * send it, outside of a change, and without the form that was sent, of which nothing is read. NULL: the
     * page of the site for all that is too large (413). */
    route_handler *show_beyond;
    enum {
        ROUTE_NOT_STORED,  /* Cache-Control: no-store */
        ROUTE_REVALIDATED, /* public pages: no-cache with an ETag */
        ROUTE_KEPT_A_DAY,  /* what must be there without a network: kept by browsers, for everyone alike */
        ROUTE_IMMUTABLE    /* what its address names by a hash: a year, for everyone alike */
    } caching;
    enum { ROUTE_LOGGED, ROUTE_UNLOGGED } logging; /* unlogged: that it was asked for tells too much */

    /* A POST is a change: it comes from a form of ours, and the site makes it once (struct site). */
    enum {
        ROUTE_FORM,         /* needs the token of one of our own forms (web/form_token.h) */
        ROUTE_FROM_ANYWHERE /* sent by a mail program (RFC 8058) or another: its path holds the proof, or what
                             * is sent is signed; ROUTE_ANYONE alone */
    } posted_from;
    enum {
        ROUTE_ONCE, /* the same form sent twice changes one thing, and its change and answer are one */
        ROUTE_EACH  /* answered each time, and changes things by itself, if at all: sign-in */
    } posted;
    enum {
        ROUTE_CHEAP,
        ROUTE_COSTLY /* hashes a password or makes a PDF: few at a time, the rest wait or are asked to come
                      * back (web/gate.h) */
    } cost;

    /* What a site that is shut in part still answers (struct site: who_asks). */
    enum {
        ROUTE_SHUT_LAST,         /* with the whole site */
        ROUTE_SHUT_WITH_REPORTS, /* when nothing is received */
        ROUTE_NEVER_SHUT         /* help in danger, signing in, the way out */
    } shut;
};

struct route_param {
    struct str name; /* without the colon */
    struct str value;
};

struct route_match {
    const struct route *route;
    size_t n;
    struct route_param params[ROUTE_MAX_PARAMS];
    bool is_path_known; /* there are routes for the path, with these methods: */
    bool takes_get;
    bool takes_post;
};

/* Are all routes of `tables` (NULL-ended) whole? SYSTEM names the first that has no handler or known method,
 * no permission among the `n` of the site that somebody has, a pattern that is not understood, or stands
 * twice. */
enum status routes_check(const struct route *const *tables, const struct route_permission *permissions,
                         size_t n, struct err *e) MUST_USE;

/* May who has `roles` do what `permission` is for? */
bool route_may(const struct route_permission *permissions, size_t n, int permission, uint32_t roles);

/* The first route for `method` (HEAD counts as GET) and `path` (decoded, without query). False when there is
 * none; *out tells then which methods the path takes. Params are views of `path`.                         */
bool route_find(const struct route *const *tables, struct str method, struct str path,
                struct route_match *out);

#endif
