/* What the module exports. */
#include "command/city.h"

const struct city_program city_program = {.commands = commands,
                                          .help_all = help_all,
                                          .help_command = help_command,
                                          .help_man_page = help_man_page,
                                          .help_completion = help_completion};
