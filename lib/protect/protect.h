/* The front of protection: exact counts in; a safe table, the note about it and its proof out.
 *
 * Section by section: cube.h rounds, statement.h tells what was done, attack.h tries to break it before
 * anybody else can. Which tables may be published at all (areas large enough, an embargo, who decides) is for
 * the release to see to. */
#ifndef LYKTA_PROTECT_PROTECT_H
#define LYKTA_PROTECT_PROTECT_H

#include "base/err.h"
#include "protect/attack.h"
#include "protect/cube.h"
#include "protect/statement.h"

struct arena;
struct progress;
struct table;

struct protection {
    struct cube cube;
    struct statement statement;
    struct attack_report proof; /* nothing exposed */
};

/* Zero is the standard profile. */
struct protect_options {
    struct cube_options cube;
    struct progress *progress; /* NULL for none */
};

/* Protects `t` with the secret `key` of CUBE_KEY_BYTES bytes. Errors as cube_make; also REFUSED when the
 * attack exposes a cell, with the first of them. The result points into `t`'s shape and `a`. */
enum status protect(const struct table *t, const struct protect_options *options, const unsigned char *key,
                    struct arena *a, struct protection *out, struct err *e) MUST_USE;

/* REFUSED, naming the first exposed cell, unless `report` has none; `shape` gives the names. */
enum status protect_check(const struct attack_report *report, const struct table_shape *shape,
                          struct err *e) MUST_USE;

#endif
