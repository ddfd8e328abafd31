/* All commands, in the order the help shows them. */
#include "command/command.h"

#include <stddef.h>

const struct command *const commands[] = {
    &command_estimate,
    &command_protect,
    &command_attack,
    NULL,
};
