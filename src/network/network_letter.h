/* Letters about joining and agreements. Each is queued inside the change it tells of. */
#ifndef LYKTA_NETWORK_NETWORK_LETTER_H
#define LYKTA_NETWORK_NETWORK_LETTER_H

#include "base/err.h"
#include "base/str.h"
#include "web/language.h"

#include <stddef.h>
#include <stdint.h>

struct agreement_due;
struct application;
struct application_token;
struct arena;
struct city;
struct db;

/* What the letters need of the city. */
struct network_office {
    struct str city;    /* "Lund (exempel)" */
    struct str address; /* "https://…", before the paths of links */
    struct str email;   /* of the coordinator's function; empty: nobody is told of new applications */
    int64_t now_at;
};

/* Of `city`, in `a`. Letters lead to the address of lykta.conf, or, while that is empty, to where the server
 * listens on this machine. */
struct network_office network_office_of(const struct city *city, int64_t now_at, struct arena *a);

/* Of letters to somebody whose `code` is "sv" or "en". */
enum language network_language(struct str code);

/* To the contact person: the link that confirms the address. */
enum status network_letter_confirm(struct db *db, const struct network_office *o, const struct application *f,
                                   const struct application_token *token, struct arena *a,
                                   struct err *e) MUST_USE;

/* To who may sign: what it is about, and the link to sign. */
enum status network_letter_sign(struct db *db, const struct network_office *o, const struct application *f,
                                const struct application_token *token, struct arena *a,
                                struct err *e) MUST_USE;

/* To the coordinator: one line, a new application waits. */
enum status network_letter_waiting(struct db *db, const struct network_office *o, const struct application *f,
                                   struct arena *a, struct err *e) MUST_USE;

/* Has the contact person just been invited to an account? Then another letter comes. */
enum network_account { NETWORK_ACCOUNT_AS_IT_IS, NETWORK_ACCOUNT_INVITED };

/* To the contact person: welcome, or why not, or what is asked. By f->state and f->reason. */
enum status network_letter_decided(struct db *db, const struct network_office *o, const struct application *f,
                                   enum network_account account, struct arena *a, struct err *e) MUST_USE;

/* Reminds every member whose agreement ends or whose promise is a year old, and notes it: one change. *n is
 * how many were written to. */
enum status network_remind(struct db *db, const struct network_office *o, const char *who, size_t *n,
                           struct err *e) MUST_USE;

#endif
