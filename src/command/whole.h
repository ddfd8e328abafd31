/* Is a city as it was written? For lykta verify, and before a restored city is put in its place. */
#ifndef LYKTA_COMMAND_WHOLE_H
#define LYKTA_COMMAND_WHOLE_H

#include "base/err.h"
#include "store/audit.h"

#include <stddef.h>

struct whole {
    struct audit_head head;
    size_t releases;
};

/* Reads every page of the databases of the city at `path` and each of its keys, follows its audit log, and
 * verifies its releases against its key and ledger. BAD_INPUT names the first thing that is wrong. */
enum status city_whole(const char *path, struct whole *out, struct err *e) MUST_USE;

#endif
