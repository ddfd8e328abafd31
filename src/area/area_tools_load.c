/* The module that knows geometry. */
#include "area/area_tools.h"
#include "base/module.h"

#include <dlfcn.h>
#include <stddef.h>

static const char module_name[] = "lykta-area.so";

enum status area_tools_load(const struct area_tools **out, struct err *e)
{
    void *module = NULL;

    TRY(module_open(module_name, LYKTA_MODULES, &module, e));
    *out = dlsym(module, "area_tools_real");
    return *out ? OK : err_set(e, SYSTEM, "%s is of another version: install Lykta again", module_name);
}
