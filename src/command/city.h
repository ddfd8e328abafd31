/* The part of the program that a city is run with: its rooms, their libraries and the help. It is a module,
 * lykta-city.so, so that a computation is not kept waiting for what it does not use. */
#ifndef LYKTA_COMMAND_CITY_H
#define LYKTA_COMMAND_CITY_H

#include "base/err.h"
#include "command/command.h"

/* What the module exports, by the name city_program. */
struct city_program {
    const struct command *const *commands; /* all of the program's, those that compute alone among them */
    void (*help_all)(struct text *out);
    void (*help_command)(struct text *out, const struct command *c);
    void (*help_man_page)(struct text *out);
    void (*help_completion)(struct text *out);
};

extern const struct city_program city_program;

/* Loads the module, which stays until the program's end. SYSTEM when it cannot be loaded. */
enum status city_load(const struct city_program **out, struct err *e) MUST_USE;

#endif
