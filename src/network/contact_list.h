/* A contact list as people keep it in a spreadsheet: what its columns mean, and what is wrong in its rows. */
#ifndef LYKTA_NETWORK_CONTACT_LIST_H
#define LYKTA_NETWORK_CONTACT_LIST_H

#include "base/err.h"
#include "base/str.h"
#include "network/actor.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct sheet;

enum contact_column {
    CONTACT_COLUMN_ORGANISATION,
    CONTACT_COLUMN_NUMBER,
    CONTACT_COLUMN_ACTOR,
    CONTACT_COLUMN_NAME,
    CONTACT_COLUMN_ROLE,
    CONTACT_COLUMN_EMAIL,
    CONTACT_COLUMN_PHONE,
    CONTACT_COLUMNS
};

/* What is wrong with a row: the first thing, in the order of the columns. The numbers are stored. */
enum contact_fault {
    CONTACT_RIGHT = 0,
    CONTACT_TORN = 1, /* more or fewer cells than the header */
    CONTACT_NO_ORGANISATION = 2,
    CONTACT_NUMBER_LETTERS = 3,
    CONTACT_NUMBER_LENGTH = 4,
    CONTACT_NUMBER_PERSON = 5,
    CONTACT_NUMBER_CHECK = 6,
    CONTACT_NO_ACTOR = 7,
    CONTACT_UNKNOWN_ACTOR = 8,
    CONTACT_NO_NAME = 9,
    CONTACT_NO_EMAIL = 10,
    CONTACT_BAD_EMAIL = 11,
    CONTACT_BAD_PHONE = 12,
    CONTACT_TOO_LONG = 13,
    CONTACT_FAULTS = 14
};

struct contact_row {
    int64_t line; /* in the file */
    struct str cell[CONTACT_COLUMNS];
    enum actor_kind actor;
    enum contact_fault fault;
    enum contact_column column; /* where the fault is */
};

struct contact_rows {
    size_t n;
    struct contact_row *row;
    size_t faults;
};

/* The rows of `sheet`, each checked. A column is known by its Swedish or English name ("Organisation",
 * "E-post" …); others are left alone. `otherwise` is the actor of rows whose list has no such column or
 * leaves it empty; ACTORS: none. Organisation numbers come out in their form. In `a`. BAD_INPUT when the
 * columns for organisation, name or e-mail address are missing, or one is there twice. */
enum status contact_list_read(const char *name, const struct sheet *sheet, enum actor_kind otherwise,
                              struct arena *a, struct contact_rows *out, struct err *e) MUST_USE;

#endif
