/* Receiving a report: sealed, registered and answered with a receipt code, all or nothing.
 *
 * The register's entry is in the same transaction as the report (TF 2 kap. 9 §; OSL 5 kap. 1 §). A form that
 * is sent twice, or again after a lost connection, is one report with one code: the form carries a random
 * number, from which the code is made with the server's key; what is stored is a hash of the number, which
 * leads to neither. Nothing of who sent it is stored: no account, address or browser, and no time finer than
 * the day. */
#ifndef LYKTA_OBSERVATION_RECEIVE_H
#define LYKTA_OBSERVATION_RECEIVE_H

#include "base/err.h"
#include "base/str.h"
#include "seal/receipt_code.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct keyring;
struct report;

enum { RECEIVE_ONCE_BYTES = 16 };

enum channel { CHANNEL_MEMBER, CHANNEL_ANYONE, CHANNEL_PAPER };
enum lane {
    LANE_OPEN,
    LANE_PARKED /* taken in a flood, or filled in as no person does: kept, looked at when there is time */
};

struct arrival {
    const struct report *report;
    enum channel channel;
    enum lane lane;
    unsigned char once[RECEIVE_ONCE_BYTES]; /* of the form */
    int64_t now_at;
};

struct receipt {
    struct receipt_code code; /* wipe it */
    int64_t year;             /* of the register */
    int64_t number;
    bool is_again; /* it had been received before */
};

/* Receives `arrival`. The report is checked by the caller (report_check). `a` holds clear text meanwhile: the
 * caller wipes it. */
enum status receive(struct keyring *k, const struct arrival *arrival, struct arena *a, struct receipt *out,
                    struct err *e) MUST_USE;

/* Notes that somebody was sent to the right door instead (J14): kind ("child", "danger", "workplace"), kind
 * of actor and hour, and nothing else. Not in the audit log, which would tell more. */
enum status redirect_note(struct keyring *k, const char *kind, struct str actor, int64_t now_at,
                          struct err *e) MUST_USE;

#endif
