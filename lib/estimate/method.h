/* The estimators of the front, one row each. A new one is a module with a function of the type below, and a
 * row in methods[]. */
#ifndef LYKTA_ESTIMATE_METHOD_H
#define LYKTA_ESTIMATE_METHOD_H

#include "base/err.h"
#include "base/str.h"
#include "base/text.h"

#include <stddef.h>

struct arena;
struct counts;
struct estimate;
struct estimate_options;

/* What a method is given. The lists are cleaned and the gates for all methods passed (gate.h): two lists or
 * more, and overlaps that tie them together. */
struct method_call {
    const struct counts *counts;
    const struct estimate_options *options;
    struct arena *a;
};

/* Fills what the method knows of *out, which describes the lists already and is NaN elsewhere: `nhat`,
 * `ci95`, `ci80` and `interval`, `method`, and its model, alternatives, replicates and warnings where it has
 * them. The front decides afterwards whether that may be told as one figure (estimate()).
 *
 * A refusal is an answer: note_refuse, and OK. Fails only when asked to stop (SYSTEM); *out is then lost. */
typedef enum status method_run(const struct method_call *call, struct estimate *out, struct err *e);

struct method {
    const char *name;       /* as the command takes it and the JSON tells it */
    const char *about;      /* how the model is chosen: a part of a sentence, for the help */
    const char *assumption; /* what its figure rests on beside what all rest on, as a sentence: English, */
    const char *antagande;  /* and Swedish */
    size_t least_lists;     /* with two lists and a method that needs three, Chapman's estimate is given */
    size_t most_lists;      /* with more it refuses */
    method_run *run;
};

/* All of them, in the order in which they are told; ends with a row whose name is NULL. */
extern const struct method methods[];

/* The row of a name, or NULL. */
const struct method *method_find(struct str name);

/* Appends the names of the rows: "stepwise, bic or graphs". */
void method_put_names(struct text *out);

#endif
