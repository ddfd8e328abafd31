/* Runs the program under test as a person would: arguments and standard input in; exit status and what it
 * printed out. */
#ifndef LYKTA_TESTS_PROGRAM_H
#define LYKTA_TESTS_PROGRAM_H

#include "../scratch.h"
#include "../unit.h"

struct program {
    int status; /* the exit status */
    struct str out, err;
};

/* `arguments` after the program's name, ended by NULL; `input` becomes its standard input. The test fails
 * when the program cannot be run or ends by a signal. */
struct program program_run(const char *const *arguments, struct str input, struct arena *a);

/* The same for another program, found on PATH: `argv` begins with its name. */
struct program program_run_other(const char *const *argv, struct str input, struct arena *a);

/* The same with `line`, words between blanks, as the arguments; @ before a word stands for the scratch
 * folder. */
struct program program_run_line(const struct scratch *s, const char *line);

/* program_run(ARGUMENTS("estimate", "-"), input, a) */
#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

#endif
