/* Modules loaded when they are needed. */
#include "base/module.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void *load(const char *folder, int folder_bytes, const char *name)
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof path, "%.*s/%s", folder_bytes, folder, name);

    return n > 0 && (size_t)n < sizeof path ? dlopen(path, RTLD_NOW | RTLD_GLOBAL) : NULL;
}

static void *load_beside_program(const char *name)
{
    char program[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);

    if (n <= 0)
        return NULL;
    program[n] = '\0';
    const char *slash = strrchr(program, '/');
    return slash ? load(program, (int)(slash - program), name) : NULL;
}

enum status module_open(const char *name, const char *installed, void **module, struct err *e)
{
    *module = load_beside_program(name);
    if (!*module)
        *module = load(installed, (int)strlen(installed), name);
    if (*module)
        return OK;
    const char *why = dlerror();
    return err_set(e, SYSTEM, "%s cannot be loaded: %s", name, why ? why : "its path is too long");
}
