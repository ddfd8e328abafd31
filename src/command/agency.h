/* What agencies run on machines of their own, with no city, database or network: encode, forget, keys, link,
 * ring. It is a module, lykta-agency.so, that loads no library for any of these. */
#ifndef LYKTA_COMMAND_AGENCY_H
#define LYKTA_COMMAND_AGENCY_H

#include "base/err.h"
#include "command/command.h"

/* What the module exports, by this name; ends with NULL. */
extern const struct command *const agency_commands[];

/* Loads the module, which stays until the program's end. SYSTEM when it cannot be loaded. */
enum status agency_load(const struct command *const **out, struct err *e) MUST_USE;

#endif
