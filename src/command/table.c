/* All commands, in the order the help shows them. */
#include "command/command.h"

#include <stddef.h>

/* One a line, so that two who add a command do not meet. */
/* clang-format off */
const struct command *const commands[] = {
    &command_demo,
    &command_init,
    &command_serve,
    &command_user,
    &command_recovery,
    &command_regain,
    &command_migrate,
    &command_copy,
    &command_keys,
    &command_encode,
    &command_link,
    &command_ring,
    &command_forget,
    &command_estimate,
    &command_power,
    &command_protect,
    &command_attack,
    &command_publish,
    &command_report,
    &command_pool,
    &command_programme,
    &command_sum,
    &command_retention,
    &command_extract,
    &command_check,
    &command_backup,
    &command_restore,
    &command_verify,
    NULL,
};
/* clang-format on */
