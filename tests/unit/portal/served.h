/* The example city as `lykta demo` makes it, served over HTTP in the test's own process, and those who ask
 * it: readers, who has shown only a password, and a person of each role. */
#ifndef LYKTA_TESTS_SERVED_H
#define LYKTA_TESTS_SERVED_H

#include "../scratch.h"
#include "../unit.h"

#include "portal/portal.h"

#include <stdbool.h>
#include <stdint.h>

struct city;
struct server;

struct served {
    struct scratch *scratch;
    struct city *city;
    struct portal portal;
    struct server *server;
    struct db *eye; /* reads: sees every change that anyone else keeps */
    char *answer;
};

/* Who asks: the session's cookie, and what their forms are made with. */
struct caller {
    uint32_t roles; /* as the permissions count them */
    int64_t person;
    int64_t session;
    char cookie[64]; /* its value; empty: none */
    struct form_seal seal;
};

struct asked {
    const char *method;
    const char *path;
    const struct caller *caller;
    const char *token;   /* of the form; NULL: none is sent */
    const char *fields;  /* of the form beside it: "state=done&note=x"; NULL: none */
    const char *cookies; /* beside the session's: "__Host-x=y"; NULL: none */
    const char *from;    /* headers that tell where the form stands; NULL: on one of our own pages */
};

struct answered {
    int http_status;
    const char *location; /* "" when there is none */
    const char *body;     /* until the next is asked */
};

/* For a group of tests: all share the city. */
int served_begin(void **state);
int served_end(void **state);

/* The rows from 0 to SERVED_CALLERS - 1 are the roles, a reader, and who is half signed in. */
enum { SERVED_CALLERS = ROLE_HALF_SIGNED_IN + 1 };

/* A new session of the example person with `role`; ROLE_READER has none. */
struct caller served_caller(struct served *s, int role);

const char *served_role(int role);

/* A new token of the caller's forms; in the scratch's arena. */
const char *served_token(struct served *s, const struct caller *caller);

/* Asks, and reads until the server closes. */
struct answered served_ask(struct served *s, const struct asked *asked);

/* A page, or a form of one's own with nothing filled in. */
struct answered served_ask_as(struct served *s, const struct caller *caller, const char *method,
                              const char *path);

/* Another number after any change that was kept, by whomever. */
int64_t served_version(struct served *s);

/* The number that a query with one parameter gives. */
int64_t served_count(struct served *s, const char *sql, int64_t parameter);

#endif
