/* Loading what a city is run with. */
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
