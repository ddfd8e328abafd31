/* What ties a measure to others and to what is known: the measures it waits for, and the pages of the program
 * that show why it is needed.
 *
 * A measure waits for others of the plan that must be done first; never for itself, not even by a way around.
 * What is taken out of the plan is waited for no more. A link keeps the words it was chosen with: a seminar
 * is deleted one day, and the plan still says what it rested on. */
#ifndef LYKTA_PLAN_MEASURE_TIES_H
#define LYKTA_PLAN_MEASURE_TIES_H

#include "base/err.h"
#include "base/str.h"
#include "plan/measure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/* "release", "seminar": in the database. */
const char *link_kind_code(enum link_kind kind);

/* Would measure `id` wait for itself, straight or by a way around, if it waited for these? */
enum status waits_are_a_circle(struct db *db, int64_t id, const struct measure_wait *wait, size_t n,
                               bool *out, struct err *e) MUST_USE;

/* Writes what m->wait and m->link hold in place of what there was; inside the change of measure `id`. REFUSED
 * when it would wait for itself, BAD_INPUT when it waits for what is not in the plan or has more ties than
 * MEASURE_WAITS and MEASURE_LINKS. */
enum status ties_write(struct db *db, int64_t id, const struct measure *m, struct err *e) MUST_USE;

/* Nothing waits for measure `id` any more; inside its removal. */
enum status ties_drop(struct db *db, int64_t id, struct err *e) MUST_USE;

/* Fills in the ties of the measures: as they are now (`decision` 0), or as that decision has them. In `a`. */
enum status ties_read(struct db *db, int64_t decision, struct measures *all, struct arena *a,
                      struct err *e) MUST_USE;

/* Copies the ties of all measures into the decision; inside its change. */
enum status ties_decide(struct db *db, int64_t decision, struct err *e) MUST_USE;

/* Do both wait for the same measures and rest on the same pages? */
bool ties_are_same(const struct measure *a, const struct measure *b);

#endif
