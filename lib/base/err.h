/* A status to act on and a sentence to read.
 * Every function that can fail returns `enum status` and fills the caller's `struct err` where the fault is
 * found. */
#ifndef LYKTA_BASE_ERR_H
#define LYKTA_BASE_ERR_H

#include <stdarg.h>

#define MUST_USE __attribute__((warn_unused_result))

/* The program's exit status is the status of its command. */
enum status {
    OK = 0,        /* done, and the result is set */
    REFUSED = 1,   /* the data do not allow an answer; an answer in itself, told in plain words */
    USAGE = 2,     /* the command was called in a way it does not understand */
    BAD_INPUT = 3, /* the input is wrong: the sentence says where, and what was expected */
    SYSTEM = 4     /* disk full, no memory, no permission, port in use */
};

/* Lives on the caller's stack. `what` is one sentence without a final newline and never holds a person's
 * data. */
struct err {
    enum status status;
    char what[400];
};

/* Sets `e` to `status` and the formatted sentence; returns `status`, so that a caller can return it at once.
 */
enum status err_set(struct err *e, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
enum status err_setv(struct err *e, enum status status, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* Puts `format: ` before the sentence already in `e` (a file's name, a release's id) and returns its status.
 */
enum status err_in(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Passes a failure on to the caller, so that the straight line is the happy path. */
#define TRY(call)                                                                                            \
    do {                                                                                                     \
        enum status try_status_ = (call);                                                                    \
        if (try_status_ != OK)                                                                               \
            return try_status_;                                                                              \
    } while (0)

/* Ends the process at once with a sentence and the exit status SYSTEM: the machine does not give what nothing
 * can be done without, such as memory. Nothing is tidied up: what is on the disk is whole at any moment. */
_Noreturn void give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the process with a sentence and a signal (SIGABRT), for whoever looks for the fault: something does
 * not hold that our own code guarantees. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
