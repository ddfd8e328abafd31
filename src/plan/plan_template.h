/* The template of an action plan: fifty measures to choose from, with who usually owns them, how one knows
 * that they are done, and the ground in law. Its rows are embedded from template.csv, which names its
 * sources. */
#ifndef LYKTA_PLAN_PLAN_TEMPLATE_H
#define LYKTA_PLAN_PLAN_TEMPLATE_H

#include "base/err.h"
#include "base/str.h"
#include "plan/measure.h"
#include "web/language.h"

#include <stddef.h>

struct arena;
struct db;

struct template_measure {
    struct str code; /* "SAM01" */
    enum plan_goal goal;
    struct str title[LANGUAGES];
    struct str done_when[LANGUAGES];
    struct str often[LANGUAGES]; /* how often, or by when: "en gång, inom 3 månader" */
    struct str owners;           /* codes of actors with ; between */
    struct str legal;
    struct str source;
};

/* All rows, in the order of goals; in `a`. */
enum status plan_template(struct arena *a, struct template_measure **out, size_t *n, struct err *e) MUST_USE;

/* Adds the `n` rows named by `codes` to the plan, each once: what is in the plan already is passed over, and
 * an unknown code is BAD_INPUT. The owner is the only organisation of the network that is of a kind the row
 * names, or nobody. *added is how many. */
enum status plan_begin(struct db *db, const struct str *codes, size_t n, enum language language,
                       const struct who *who, size_t *added, struct err *e) MUST_USE;

#endif
