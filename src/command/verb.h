/* Commands of several steps: the first argument names the step, a verb, and each takes options of its own. */
#ifndef LYKTA_COMMAND_VERB_H
#define LYKTA_COMMAND_VERB_H

#include "command/command.h"

struct verb {
    const char *name;
    const char *takes;                                /* its options, with a blank between them */
    enum status (*run)(void *context, struct err *e); /* `context` is the command's own */
};

/* The verb that the call's first argument names, from `verbs`, which end with a row whose name is NULL. USAGE
 * for another word, and for an option that is not the verb's. */
enum status verb_find(const struct call *call, const struct verb *verbs, const struct verb **out,
                      struct err *e) MUST_USE;

/* Finds the verb and runs it with a secret arena at *secret, which is part of `context`: for what deals with
 * keys. The machine is asked first to keep memory out of core files and swap (command/guard.h); the caller
 * wipes its own keys and the stack afterwards. */
enum status verb_run_guarded(const struct call *call, const struct verb *verbs, void *context,
                             struct arena **secret, struct err *e) MUST_USE;

/* The value of an option without which the verb cannot do its work. USAGE names it when it is not there. */
enum status verb_need(const struct call *call, const char *option, const char **out, struct err *e) MUST_USE;

#endif
