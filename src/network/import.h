/* Bringing a contact list into the network in two steps: it is read and shown first, row by row with what is
 * wrong; nothing is in the network before somebody says yes. Rows with faults are never imported. */
#ifndef LYKTA_NETWORK_IMPORT_H
#define LYKTA_NETWORK_IMPORT_H

#include "base/err.h"
#include "base/str.h"
#include "network/contact_list.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/* What becomes of a row. */
enum import_outcome {
    IMPORT_ORGANISATION, /* a new organisation with this contact person */
    IMPORT_CONTACT,      /* another contact person of an organisation that is there or comes before it */
    IMPORT_KNOWN,        /* the person is there already: left alone */
    IMPORT_TWICE,        /* the same person stands earlier in the list: left alone */
    IMPORT_FAULT,
    IMPORT_OUTCOMES
};

enum import_state { IMPORT_READ, IMPORT_DONE, IMPORT_DROPPED };

struct import {
    int64_t id;
    struct str name; /* of the file */
    int64_t read_at;
    struct str read_by;
    struct str note; /* "windows-1252" when its letters were guessed; empty otherwise */
    enum import_state state;
    int64_t version;
    int64_t rows[IMPORT_OUTCOMES];
};

/* A row as it was read. */
struct import_row {
    struct contact_row row;
    enum import_outcome outcome;
};

/* Keeps what was read, and works out what would become of each row; gives the id. */
enum status import_keep(struct db *db, const char *name, struct str note, const struct contact_rows *rows,
                        const struct who *who, int64_t *id, struct err *e) MUST_USE;

/* In `a`; REFUSED when there is none. */
enum status import_find(struct db *db, int64_t id, struct arena *a, struct import *out,
                        struct err *e) MUST_USE;

/* The rows with `outcome`, in the order of the file, from the one after `first`, at most `most`, in `a`. */
enum status import_rows(struct db *db, int64_t id, enum import_outcome outcome, int64_t first, int64_t most,
                        struct arena *a, struct import_row **out, size_t *n, struct err *e) MUST_USE;

/* Yes: brings the rows without faults into the network, all or none, and forgets the list. *organisations and
 * *contacts are how many were added. REFUSED when it has been decided already, or its version is another. */
enum status import_carry_out(struct db *db, int64_t id, int64_t version, const struct who *who,
                             int64_t *organisations, int64_t *contacts, struct err *e) MUST_USE;

/* No: forgets the list. REFUSED as above. */
enum status import_drop(struct db *db, int64_t id, int64_t version, const struct who *who,
                        struct err *e) MUST_USE;

#endif
