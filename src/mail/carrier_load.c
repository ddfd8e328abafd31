/* The module that hands letters over. */
#include "base/module.h"
#include "mail/delivery.h"

#include <dlfcn.h>
#include <stddef.h>

static const char module_name[] = "lykta-mail.so";

enum status carrier_load(const struct carrier **out, struct err *e)
{
    void *module = NULL;

    TRY(module_open(module_name, LYKTA_MODULES, &module, e));
    *out = dlsym(module, "smtp_carrier");
    return *out ? OK : err_set(e, SYSTEM, "%s is of another version: install Lykta again", module_name);
}
