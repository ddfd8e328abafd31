/* A request as its handler sees it: checked, decoded, and with all it needs to answer. */
#ifndef LYKTA_WEB_REQUEST_H
#define LYKTA_WEB_REQUEST_H

#include "base/str.h"
#include "web/form.h"
#include "web/form_token.h"
#include "web/language.h"
#include "web/route.h"
#include "web/source.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct err;
struct log;
struct sockaddr;

/* Plain data, made by the server or by a test. All of it lives until the answer has been sent, except what is
 * in `arena` and `worker`: those are given back when the handler returns.                                */
struct request {
    struct route_match match;
    struct str method; /* "GET", "HEAD" or "POST" */
    struct str path;   /* decoded, without the language: "/plan/measure/3" */
    enum language language;
    struct form query; /* what stands after ? */
    struct form form;  /* the body of a POST */
    enum {
        REQUEST_WHOLE,
        REQUEST_TOO_LARGE, /* for its route; nothing of its body has been read: route.show_beyond alone */
        REQUEST_TOO_MANY_FILES
    } beyond;
    struct arena *arena; /* for what the handler computes */
    void *worker;        /* made by site->worker_open: database connections */
    void *context;       /* site->context */
    int64_t now_at;      /* seconds UTC, by the site's clock */
    uint32_t roles;      /* who asks: set by site->who_asks; 0: a reader without an account */
    void *who; /* what else site->who_asks found out, in `arena`; NULL: a reader without an account */
    struct form_seal seal;   /* what the forms of the answer carry, and those of the same person before it */
    struct form_stamp stamp; /* of the form that was sent */
    bool is_shut;            /* set by site->who_asks: nobody is answered here now, but with 503 */
    struct str number;       /* the request's number in the log, for pages about faults */
    const struct log *log;   /* for what a handler has to tell who runs the server; may be NULL */

    /* The value of a header, empty when it was not sent; NULL: there are no headers. */
    struct str (*header)(const void *headers, const char *name);
    const void *headers;

    /* Where who asks is sent from a page that is not for them; NULL: nowhere. Set by site->who_asks. */
    const char *sign_in;

    /* The other end of the connection; NULL: not known. */
    const struct sockaddr *(*peer)(const void *headers);
    const unsigned char *source_key; /* SOURCE_KEY_BYTES; NULL: there is no connection */
};

/* Tells who runs the server what went wrong with `r`, as an error of the kind `event`. */
void request_log(const struct request *r, const char *event, const struct err *e);

struct str request_header(const struct request *r, const char *name);

/* The value of the cookie `name`; empty when it was not sent. */
struct str request_cookie(const struct request *r, const char *name);

/* The keyed hash of where the request comes from (web/source.h); zeros without a connection. */
void request_source(const struct request *r, unsigned char out[SOURCE_BYTES]);

/* The parameter `name` of the route's pattern, which must have it. */
struct str request_param(const struct request *r, const char *name);
int64_t request_id(const struct request *r); /* ":id" */

/* Does the request come from one of our own pages? By Sec-Fetch-Site, which every current browser sends and
 * no page can forge, or else by an Origin of our own host. What changes something must (OWASP ASVS 5.0, 3.5).
 */
bool request_is_from_own_page(const struct request *r);

/* The address of `path` ("/plan") in `language`: "/plan" in Swedish, "/en/plan" in English; in `a`. */
struct str request_address(struct str path, enum language language, struct arena *a);

/* Takes the language off a decoded path: "/en/plan" is "/plan" in English, "/en" and "/en/" are "/". */
enum language request_language(struct str path, struct str *without);

/* Decodes the path of a request line ("/plan/%C3%A5?x=1") into `a` and splits off its query, undecoded. False
 * when it is not an absolute path of non-empty segments, has "." or ".." among them, or is not UTF-8 without
 * control characters.                                                                                    */
bool request_target(struct str target, struct arena *a, struct str *path, struct str *query);

#endif
