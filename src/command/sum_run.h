/* The steps of lykta sum, and what they share. */
#ifndef LYKTA_COMMAND_SUM_RUN_H
#define LYKTA_COMMAND_SUM_RUN_H

#include "base/csv.h"
#include "command/command.h"
#include "secure/city.h"

/* One run: what a verb needs. */
struct adding_up {
    const struct call *call;
    struct arena *secret;
    const char *out;
    struct sum_round round;
    struct key_pair own;
    struct sum_part part;
    const char *part_path;
};

/* USAGE when there are not `least` to `most` files after the verb. */
enum status sum_need_files(const struct call *call, size_t least, size_t most, struct err *e) MUST_USE;

/* The file, or the letter, that argument `i` names; they live in the call's arena. */
enum status sum_read_file(const struct adding_up *x, size_t i, struct str *out, struct err *e) MUST_USE;
enum status sum_read_letter(const struct adding_up *x, size_t i, struct letter *out, struct err *e) MUST_USE;

/* The letters of the arguments from `from` on. */
enum status sum_read_letters(const struct adding_up *x, size_t from, struct letter **out, size_t *n,
                             struct err *e) MUST_USE;

/* The key of --key; the round, which is the first file; the roster for `to`, which is the second. */
enum status sum_read_own(struct adding_up *x, struct err *e) MUST_USE;
enum status sum_read_round(struct adding_up *x, struct err *e) MUST_USE;
enum status sum_read_roster(const struct adding_up *x, size_t to, struct roster *out, struct err *e) MUST_USE;

/* Opens a CSV with the n columns `names`, one or two, in their order. */
enum status sum_read_csv(struct csv *in, const char *path, const char *const *names, size_t n,
                         struct arena *a, struct err *e) MUST_USE;

/* Tells the budget of the round's noise on standard error, for a sum of `cities`; nothing without noise. */
void sum_tell_noise(const struct adding_up *x, size_t cities);

/* The steps; `context` is a struct adding_up. Of a city (sum_city.c): */
enum status sum_verb_join(void *context, struct err *e) MUST_USE;
enum status sum_verb_figures(void *context, struct err *e) MUST_USE;
enum status sum_verb_reveal(void *context, struct err *e) MUST_USE;

/* Of whoever adds (sum_county.c): */
enum status sum_verb_open(void *context, struct err *e) MUST_USE;
enum status sum_verb_gather(void *context, struct err *e) MUST_USE;
enum status sum_verb_ask(void *context, struct err *e) MUST_USE;
enum status sum_verb_add(void *context, struct err *e) MUST_USE;

#endif
