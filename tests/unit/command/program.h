/* Runs the program under test as a person would: arguments and standard input in; exit status and what it
 * printed out. */
#ifndef LYKTA_TESTS_PROGRAM_H
#define LYKTA_TESTS_PROGRAM_H

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

/* program_run(ARGUMENTS("estimate", "-"), input, a) */
#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

#endif
