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

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AUDIT_HASH_BYTES = 32 };

struct arena;
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

/* A row of the log as it is kept. */
struct audit_entry {
    int64_t id; /* its number: 1 and on, without gaps */
    int64_t at;
    struct str who;
    struct str action;
    int64_t subject;
    struct str detail;
    struct str role;
    struct str why;
    struct str hash;
};

struct audit_entries {
    size_t n;
    struct audit_entry *entry;
};

/* Which rows: what is empty or 0 asks for nothing. */
struct audit_search {
    struct str who;
    struct str action;
    int64_t from_at;
    int64_t before_at;
    int64_t up_to; /* the highest number */
};

/* Appends `line` inside the change under way: called by db_change_end. */
enum status audit_append(struct db *db, const struct audit_line *line, struct err *e) MUST_USE;

/* One line as a change of its own: for reads of something sensitive, before it is shown. */
enum status audit_note(struct db *db, const struct audit_line *line, struct err *e) MUST_USE;

/* Follows the chain from its first row and gives its head; BAD_INPUT names the first row that is wrong. What
 * is appended meanwhile does not disturb it. */
enum status audit_verify(struct db *db, struct audit_head *head, struct err *e) MUST_USE;

/* The same for who shows it: what is wrong is no failure here. */
struct audit_finding {
    struct audit_head head; /* the last row that is right */
    bool is_whole;
    struct err fault; /* what audit_verify says, when it is not whole */
};
enum status audit_check(struct db *db, struct audit_finding *out, struct err *e) MUST_USE;

/* Calls `each` for every row, in order, until it fails; `entry` lives during the call. *head is the head that
 * was kept at the same moment: nothing here follows the chain. */
typedef enum status audit_reader(void *context, const struct audit_entry *entry, struct err *e);
enum status audit_walk(struct db *db, audit_reader *each, void *context, struct audit_head *head,
                       struct err *e) MUST_USE;

/* The rows that `search` asks for, the latest first, at most `most`; in `a`. */
enum status audit_find(struct db *db, const struct audit_search *search, size_t most, struct arena *a,
                       struct audit_entries *out, struct err *e) MUST_USE;

/* How many there are, whatever `up_to` says. */
enum status audit_count(struct db *db, const struct audit_search *search, int64_t *n, struct err *e) MUST_USE;

/* All who stand in the log, each once; in `a`. */
struct audit_names {
    size_t n;
    struct str *name;
};
enum status audit_names_read(struct db *db, struct arena *a, struct audit_names *out, struct err *e) MUST_USE;

/* For audit_append: the head as it stands; {0} before the first row. */
enum status audit_head_read(struct db *db, struct audit_head *out, struct err *e) MUST_USE;

#endif
