/* The process that starts programs for the others, which can start none: lykta-picture for a picture that
 * somebody sent, lykta-print for a page as PDF (child/start.h). It runs those and nothing else, has no
 * network, and reaches no city: only programs, their libraries and /tmp. */
#ifndef LYKTA_PROCESS_STARTER_H
#define LYKTA_PROCESS_STARTER_H

#include "base/err.h"
#include "child/start.h"

#include <stdbool.h>

struct starter;

/* Makes the process. From then on child_run of this process, and of those made from it later, asks it.
 * programs[START_PROGRAMS] are the paths of what it starts; NULL: those of this program. */
enum status starter_open(const char *const *programs, struct starter **out, struct err *e) MUST_USE;

/* Is it there? Without it no program is started again. */
bool starter_is_there(const struct starter *s);

/* Ends it, and what it has started. NULL is harmless. */
void starter_close(struct starter *s);

#endif
