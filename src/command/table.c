/* All commands, in the order the help shows them. */
#include "command/command.h"

#include <stddef.h>

const struct command *const commands[] = {
    &command_demo,
    &command_init,
    &command_serve,
    &command_user,
    &command_migrate,
    &command_keys,
    &command_encode,
    &command_link,
    &command_ring,
    &command_estimate,
    &command_power,
    &command_protect,
    &command_attack,
    &command_publish,
    &command_report,
    &command_retention,
    &command_verify,
    NULL,
};
