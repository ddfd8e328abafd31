/* The module that asks a provider. */
#include "base/module.h"
#include "oidc/tools.h"

#include <dlfcn.h>
#include <stddef.h>

static const char module_name[] = "lykta-oidc.so";

enum status oidc_tools_load(const struct oidc_tools **out, struct err *e)
{
    void *module = NULL;

    TRY(module_open(module_name, LYKTA_MODULES, &module, e));
    *out = dlsym(module, "oidc_tools_real");
    return *out ? OK : err_set(e, SYSTEM, "%s is of another version: install Lykta again", module_name);
}
