/* What comes with the program and a person has still to check: telephone numbers, law, and signs whose source
 * has not been read in full. */
#ifndef LYKTA_SETTING_UNREVIEWED_H
#define LYKTA_SETTING_UNREVIEWED_H

#include "base/err.h"
#include "base/str.h"
#include "web/language.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

struct unreviewed_item {
    struct str what;   /* "020-50 50 50", "OSL 10 kap. 21 §", "HO07" */
    struct str about;  /* what is said of it */
    struct str source; /* empty: none is named */
    int64_t place;     /* of a number: what helpline_check takes; else 0 */
};

enum unreviewed_kind { UNREVIEWED_NUMBERS, UNREVIEWED_LAW, UNREVIEWED_SIGNS, UNREVIEWED_KINDS };

struct unreviewed {
    size_t n;
    struct unreviewed_item *item;
};

/* Fills out[UNREVIEWED_KINDS] in `language`; texts in `a`. */
enum status unreviewed_read(struct db *db, enum language language, struct arena *a,
                            struct unreviewed out[UNREVIEWED_KINDS], struct err *e) MUST_USE;

#endif
