/* One run of lykta programme, and its verbs that stand in files of their own. */
#ifndef LYKTA_COMMAND_PROGRAMME_RUN_H
#define LYKTA_COMMAND_PROGRAMME_RUN_H

#include "command/command.h"
#include "store/audit.h"

struct city;

struct programme_work {
    const struct call *call;
    struct city *city; /* of all verbs but new */
    struct text *out;
    struct who who;
};

/* Letters of secure sums (programme_sum.c); `context` is a struct programme_work. */
enum status programme_verb_post(void *context, struct err *e) MUST_USE;
enum status programme_verb_fetch(void *context, struct err *e) MUST_USE;

/* What new cities start from (programme_template.c). */
enum status programme_verb_specification(void *context, struct err *e) MUST_USE;
enum status programme_verb_template(void *context, struct err *e) MUST_USE;

/* A city joins by a signed invitation (programme_invite.c); answer is a city's. */
enum status programme_verb_invite(void *context, struct err *e) MUST_USE;
enum status programme_verb_answer(void *context, struct err *e) MUST_USE;
enum status programme_verb_accept(void *context, struct err *e) MUST_USE;

#endif
