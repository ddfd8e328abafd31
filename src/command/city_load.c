/* Loading what a city is run with, and what an agency runs without one. */
#include "command/agency.h"
#include "command/city.h"

#include "base/module.h"

#include <dlfcn.h>
#include <stddef.h>

enum status city_load(const struct city_program **out, struct err *e)
{
    void *module = NULL;

    TRY(module_open("lykta-city.so", LYKTA_MODULES, &module, e));
    *out = dlsym(module, "city_program");
    if (!*out)
        return err_set(e, SYSTEM, "lykta-city.so is not this program's");
    return OK;
}

enum status agency_load(const struct command *const **out, struct err *e)
{
    void *module = NULL;

    TRY(module_open("lykta-agency.so", LYKTA_MODULES, &module, e));
    *out = dlsym(module, "agency_commands");
    if (!*out)
        return err_set(e, SYSTEM, "lykta-agency.so is not this program's");
    return OK;
}
