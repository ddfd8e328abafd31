/* The module that looks at a certificate. */
#include "base/module.h"
#include "check/certificate.h"

#include <dlfcn.h>
#include <stddef.h>

static const char module_name[] = "lykta-certificate.so";

enum status certificate_load(const struct certificate_tools **out, struct err *e)
{
    void *module = NULL;

    TRY(module_open(module_name, LYKTA_MODULES, &module, e));
    *out = dlsym(module, "certificate_tools_real");
    return *out ? OK : err_set(e, SYSTEM, "%s is of another version: install Lykta again", module_name);
}
