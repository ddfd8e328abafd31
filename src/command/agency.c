/* What the module exports. */
#include "command/agency.h"

#include <stddef.h>

const struct command *const agency_commands[] = {&command_encode, &command_forget, &command_keys,
                                                 &command_link,   &command_ring,   NULL};
