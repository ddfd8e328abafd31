/* One command as several processes. */
#include "command/ranks.h"

#include "base/module.h"
#include "command/ranks_mpi.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A data pointer as a function pointer, as POSIX (dlsym) asks for it. */
#define FUNCTION(module, name, out) (*(void **)(out) = dlsym((module), (name)))

bool ranks_are_several(void)
{
    const char *size = getenv("OMPI_COMM_WORLD_SIZE");

    return size && strcmp(size, "1") != 0;
}

enum status ranks_begin(struct ranks *r, struct err *e)
{
    ranks_mpi_begin_fn *begin = NULL;
    void *module = NULL;

    *r = (struct ranks){.rank = 0, .size = 1};
    if (!ranks_are_several())
        return OK;
    if (module_open("lykta-mpi.so", LYKTA_MODULES, &module, e) != OK)
        return err_in(e, "started by mpirun, which needs a Lykta built with MPI");
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

void ranks_end(const struct ranks *r, enum status s, const struct err *e)
{
    bool has_failed = s != OK && s != REFUSED;
    ranks_mpi_end_fn *end = NULL;

    if (!r->module)
        return;
    FUNCTION(r->module, "ranks_mpi_end", &end);
    if (has_failed)
        fprintf(stderr, "lykta (process %zu of %zu): %s\n", r->rank + 1, r->size, e->what);
    if (end)
        end(has_failed ? (int)s : 0);
}
