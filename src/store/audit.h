/* The audit log: every change to a city and every read of something sensitive, in a chain that shows any row
 * altered, dropped or moved.
 *
 * A row's hash is BLAKE2b-256 over the previous row's hash and the row itself in canonical bytes: id, time
 * and subject as 64-bit little-endian, each text (who, action, detail, and role and why where one of them is
 * not empty) as its length in the same form and its bytes. The first row follows 32 zero bytes. Triggers
 * refuse update and delete. The head (last id and hash) shows rows dropped at the end.
 *
 * What the chain cannot show: someone who may write the whole database file can compute a new chain. Against
 * that the head is to be kept outside as well (the auditor's copy of `lykta verify`, which prints it). */
#ifndef LYKTA_STORE_AUDIT_H
#define LYKTA_STORE_AUDIT_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

enum { AUDIT_HASH_BYTES = 32 };

struct db;

/* Who acts, and when (seconds UTC): given to every function that changes something. */
struct who {
    const char *name; /* "person 7", or "command line" */
    int64_t now_at;
    const char *role; /* what gave the right: "coordinator"; NULL for what no person does in the portal */
    const char *why;  /* the reason given, where one is asked for; NULL: none is */
};

/* What a change did. `detail` holds no person's data. */
struct audit_line {
    struct who who;
    const char *action; /* "mapping.create" */
    int64_t subject;    /* the id of what it was done to; 0 for the city itself */
    struct str detail;
};

struct audit_head {
    int64_t last; /* rows in the log */
    unsigned char hash[AUDIT_HASH_BYTES];
};

/* Appends `line` inside the change under way: called by db_change_end. */
enum status audit_append(struct db *db, const struct audit_line *line, struct err *e) MUST_USE;

/* One line as a change of its own: for reads of something sensitive, before it is shown. */
enum status audit_note(struct db *db, const struct audit_line *line, struct err *e) MUST_USE;

/* Follows the chain from its first row and gives its head; BAD_INPUT names the first row that is wrong. */
enum status audit_verify(struct db *db, struct audit_head *head, struct err *e) MUST_USE;

#endif
