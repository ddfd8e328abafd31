/* The recipients' pages: inbox, a report, recipients. */
#ifndef LYKTA_OBSERVATION_TRIAGE_PAGES_H
#define LYKTA_OBSERVATION_TRIAGE_PAGES_H

#include "base/err.h"
#include "keyring/recipient.h"

#include <stdbool.h>
#include <stdint.h>

struct report;
struct request;
struct response;

/* Without TLS (an address on this machine alone) a browser keeps the cookie too: it is marked Secure. */
#define UNLOCK_COOKIE "__Host-lykta-las"

enum status inbox_show(const struct request *r, struct response *out, struct err *e);
enum status inbox_unlock(const struct request *r, struct response *out, struct err *e);
enum status inbox_lock(const struct request *r, struct response *out, struct err *e);
enum status case_show(const struct request *r, struct response *out, struct err *e);
enum status case_hold_take(const struct request *r, struct response *out, struct err *e);
enum status case_take(const struct request *r, struct response *out, struct err *e);

/* The account of who asks; 0: nobody's. */
int64_t triage_account(const struct request *r);

/* The browser keeps `cookie`, with which what was unlocked stays open. */
void triage_keep_unlocked(struct response *out, const char *cookie);

/* What was answered by choosing, a line each, in the reader's language: for a copy of the record. */
enum status case_answers(const struct request *r, const struct report *report, struct str *out,
                         struct err *e);

/* The recipient who asks, if they are unlocked: out->unlocked is in locked memory, closed by opener_close. */
bool triage_opener(const struct request *r, struct opener *out);
void opener_close(struct opener *opener);

#endif
