/* Following up with a receipt code: what the reporter sees. */
#ifndef LYKTA_OBSERVATION_FOLLOWUP_PAGES_H
#define LYKTA_OBSERVATION_FOLLOWUP_PAGES_H

#include "base/err.h"
#include "observation/triage.h"
#include "web/language.h"

struct message_row;
struct request;
struct response;

enum status followup_show(const struct request *r, struct response *out, struct err *e);
enum status followup_take(const struct request *r, struct response *out, struct err *e);

/* Shared with triage: messages as rows, in `a`; a state in words a reporter may read. */
struct message_row *followup_messages(const struct case_file *file, enum language language, struct arena *a);
struct str followup_state(enum observation_state state, enum language language);

#endif
