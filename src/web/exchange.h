/* One request and its answer: the head is checked, the body collected, the answer sent and logged. */
#ifndef LYKTA_WEB_EXCHANGE_H
#define LYKTA_WEB_EXCHANGE_H

#include "base/str.h"
#include "web/form_token.h"
#include "web/gate.h"
#include "web/language.h"
#include "web/route.h"
#include "web/source.h"
#include "web/tally.h"

#include <microhttpd.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct arena;
struct asset;
struct site;
struct workers;

/* Request line and headers are refused above this (431); the connection's memory has room for more, so that
 * what is refused can be answered in words. */
enum { EXCHANGE_HEAD_LIMIT_BYTES = 32 * 1024, EXCHANGE_CONNECTION_BYTES = 128 * 1024 };

/* Bodies larger than ROUTE_BODY_LIMIT_BYTES, of all connections together: who comes after is asked to come
 * back (429), but for one alone. They are held before it is known who sends them, so that anybody could else
 * fill the machine's memory with them. */
enum { EXCHANGE_LARGE_MOST_BYTES = 64 << 20 };

/* What all requests share. */
struct service {
    const struct site *site;
    struct workers *workers;
    struct gate gate;                           /* before routes that are ROUTE_COSTLY */
    unsigned char form_key[FORM_KEY_BYTES];     /* for sites that do not tell who asks; random */
    unsigned char source_key[SOURCE_KEY_BYTES]; /* of this run of the program alone; random */
    uint64_t first_number; /* random, so that a restart does not repeat the numbers of the log */
    atomic_ullong requests;
    struct tally tally;
    atomic_int in_flight;     /* requests begun whose answer is not sent */
    atomic_llong large_bytes; /* announced by large bodies of requests begun */
};

/* What is wrong with a request is noted while its head is read (`refused`) and told in one place. */
struct exchange {
    struct service *service;
    struct arena *arena; /* the connection's: lives until its next request */
    struct MHD_Connection *connection;
    struct str target; /* as in the request line */
    struct str method;
    struct str path; /* decoded, without the language */
    struct str query;
    enum language language;
    struct route_match match;
    const struct asset *asset; /* an embedded file is asked for */
    int refused;               /* the HTTP status to answer instead of calling a handler; 0: none */
    bool has_begun;
    struct timespec began;
    char *body; /* body_n bytes of the announced body_room */
    size_t body_n;
    size_t body_room;
    int64_t large_bytes; /* of service->large_bytes; 0: the body is not large */
    char number[17];     /* of the request in the log */
};

/* A new exchange for the request line's `target`, in the connection's arena, which is emptied: what the
 * request before it left there is gone. */
struct exchange *exchange_open(struct service *service, struct arena *connection_arena, struct str target,
                               struct MHD_Connection *c);

/* The three calls of MHD_AccessHandlerCallback: the head is there; more of the body; all is there. */
enum MHD_Result exchange_begin(struct exchange *x, struct str method);
void exchange_receive(struct exchange *x, const char *bytes, size_t n);
enum MHD_Result exchange_answer(struct exchange *x);

/* The answer has been sent, or the connection broke. Everything in the connection's arena is wiped, the
 * exchange with it. NULL is harmless. */
void exchange_close(struct exchange *x);

/* The value of a header of the request, empty when it was not sent; `connection` is a struct MHD_Connection.
 */
struct str exchange_header(const void *connection, const char *name);

/* The other end of a request's connection; NULL when it is not known. */
const struct sockaddr *exchange_peer(const void *connection);

#endif
