/* The sub-commands of `lykta`: one table row and one file each. Help, man page and shell completion are made
 * from the rows. */
#ifndef LYKTA_COMMAND_COMMAND_H
#define LYKTA_COMMAND_COMMAND_H

#include "base/err.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct progress;

enum { COMMAND_MAX_OPTIONS = 16, COMMAND_MAX_ARGUMENTS = 1024 };

struct option {
    const char *name;  /* "--seed", or "-o" */
    const char *value; /* what follows it, for the help: "N"; NULL for a switch */
    const char *about; /* one sentence, without a final stop */
};

/* One call of a command, taken apart and checked against its row. */
struct call {
    const struct command *command;
    size_t n; /* arguments that are not options */
    const char *arguments[COMMAND_MAX_ARGUMENTS];
    const char *values[COMMAND_MAX_OPTIONS]; /* as command->options; NULL: not given; "" for a given switch */
    struct arena *arena;                     /* freed when the command has ended */
    struct progress *progress; /* shows itself when standard error is a terminal; stops on Ctrl-C */
};

struct command {
    const char *name;
    const char *arguments;        /* for the help: "HISTORIES.csv" */
    const char *summary;          /* one line, imperative, without a final stop */
    const char *about;            /* paragraphs separated by empty lines */
    const char *examples;         /* one a line */
    size_t least, most;           /* arguments that are not options */
    const struct option *options; /* ends with a row whose name is NULL */
    enum status (*run)(const struct call *call, struct err *e);
};

/* All commands, in the order the help shows them; ends with NULL. */
extern const struct command *const commands[];

extern const struct command command_attack, command_backup, command_check, command_demo, command_encode,
    command_estimate, command_extract, command_forget, command_init, command_keys, command_link,
    command_migrate, command_copy, command_pool, command_power, command_programme, command_protect,
    command_publish, command_recovery, command_regain, command_report, command_restore, command_retention,
    command_ring, command_serve, command_sum, command_user, command_verify;

/* Takes `argv` (after the command's name) apart. USAGE names the word that is not understood. */
enum status call_parse(struct call *call, int argc, char **argv, struct err *e) MUST_USE;

/* The value of the option `name` of the call, NULL when it was not given. `name` must be in the command's
 * table. */
const char *call_option(const struct call *call, const char *name);
bool call_has(const struct call *call, const char *name);

/* The option as a number in lo..hi; *out keeps its value when it was not given. USAGE when it is something
 * else. */
enum status call_i64(const struct call *call, const char *name, int64_t lo, int64_t hi, int64_t *out,
                     struct err *e) MUST_USE;
enum status call_f64(const struct call *call, const char *name, double lo, double hi, double *out,
                     struct err *e) MUST_USE;

/* `lykta help`, `lykta help NAME`, the man page (man-pages(7) in roff) and the completion script for bash. */
void help_all(struct text *out);
void help_command(struct text *out, const struct command *c);
void help_man_page(struct text *out);
void help_completion(struct text *out);

#endif
