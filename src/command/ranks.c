/* One command as several processes. */
#include "command/ranks.h"

#include "command/ranks_mpi.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char module_name[] = "lykta-mpi.so";

/* A data pointer as a function pointer, as POSIX (dlsym) asks for it. */
#define FUNCTION(module, name, out) (*(void **)(out) = dlsym((module), (name)))

/* Beside the program, where it is built; else where it is installed. */
static void *open_module(void)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof module_name - 1);
    void *module = NULL;

    if (n > 0) {
        path[n] = '\0';
        char *slash = strrchr(path, '/');
        if (slash) {
            memcpy(slash + 1, module_name, sizeof module_name);
            module = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
        }
    }
    return module ? module : dlopen(LYKTA_MODULES "/lykta-mpi.so", RTLD_NOW | RTLD_GLOBAL);
}

enum status ranks_begin(struct ranks *r, struct err *e)
{
    const char *size = getenv("OMPI_COMM_WORLD_SIZE");
    ranks_mpi_begin_fn *begin = NULL;

    *r = (struct ranks){.rank = 0, .size = 1};
    if (!size || strcmp(size, "1") == 0)
        return OK;
    void *module = open_module();
    if (!module)
        return err_set(e, SYSTEM, "started by mpirun, but %s is not there: Lykta was built without MPI",
                       module_name);
    FUNCTION(module, "ranks_mpi_begin", &begin);
    if (!begin || begin(&r->rank, &r->size) != 0)
        return err_set(e, SYSTEM, "MPI cannot be started");
    r->module = module;
    return OK;
}

enum status ranks_combine(const struct ranks *r, void *bytes, size_t n, struct err *e)
{
    ranks_mpi_combine_fn *combine = NULL;

    if (!r->module)
        return OK;
    FUNCTION(r->module, "ranks_mpi_combine", &combine);
    if (!combine || combine(bytes, n) != 0)
        return err_set(e, SYSTEM, "the processes cannot exchange their results");
    return OK;
}

void ranks_end(const struct ranks *r, enum status s)
{
    ranks_mpi_end_fn *end = NULL;

    if (!r->module)
        return;
    FUNCTION(r->module, "ranks_mpi_end", &end);
    if (end)
        end(s == OK || s == REFUSED ? 0 : (int)s);
}
