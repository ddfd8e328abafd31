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

/* Roles are a set of bits that the site gives a meaning; this one is everybody's, also without an account. */
enum { ROUTE_ANYONE = 1 };

enum { ROUTE_MAX_PARAMS = 4, ROUTE_BODY_LIMIT_BYTES = 64 * 1024 };

/* A pattern is "/" or segments of letters, digits, - _ . ~ and parameters: ":id" takes a whole number from 1
 * on, any other ":name" a piece of at most 100 letters, digits, - _ . that does not begin with a dot.
 *
 *     static const struct route plan_routes[] = {
 *         {.method = "GET",  .pattern = "/plan", .roles = ROUTE_ANYONE, .handle = plan_show, .caching =
 * ROUTE_REVALIDATED},
 *         {.method = "POST", .pattern = "/plan/measure/:id", .roles = COORDINATOR, .handle = measure_save},
 *         {.method = NULL},
 *     };                                                                                                  */
struct route {
    const char *method; /* GET (which answers HEAD too) or POST; NULL ends the table */
    const char *pattern;
    uint32_t roles; /* who may: one of these bits is enough; 0 is nobody and refused at start */
    route_handler *handle;
    size_t body_limit_bytes; /* of a POST; 0 means ROUTE_BODY_LIMIT_BYTES */
    enum {
        ROUTE_NOT_STORED, /* Cache-Control: no-store */
        ROUTE_REVALIDATED /* public pages: no-cache with an ETag */
    } caching;
    enum { ROUTE_LOGGED, ROUTE_UNLOGGED } logging; /* unlogged: that it was asked for tells too much */
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

/* Are all routes of `tables` (NULL-ended) whole? SYSTEM names the first that has no role, handler or known
 * method, a pattern that is not understood, or stands twice.                                              */
enum status routes_check(const struct route *const *tables, struct err *e) MUST_USE;

/* The first route for `method` (HEAD counts as GET) and `path` (decoded, without query). False when there is
 * none; *out tells then which methods the path takes. Params are views of `path`.                         */
bool route_find(const struct route *const *tables, struct str method, struct str path,
                struct route_match *out);

#endif
