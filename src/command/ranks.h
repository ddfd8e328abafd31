/* One command as several processes that share its work, started by `mpirun -n N`.
 *
 * The program is not linked with MPI, which takes longer to load than an estimate takes: a module beside it
 * (lykta-mpi.so, ranks_mpi.c) is, and is loaded when the environment says that mpirun started us. */
#ifndef LYKTA_COMMAND_RANKS_H
#define LYKTA_COMMAND_RANKS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* This process among those that share the work: `rank` of `size`; 0 of 1 when alone. */
struct ranks {
    size_t rank, size;
    void *module; /* NULL when alone */
};

/* Whether mpirun started several. */
bool ranks_are_several(void);

/* Joins the other processes. SYSTEM when mpirun started several and the module is missing or does not work:
 * each would else do everything and print it. */
enum status ranks_begin(struct ranks *r, struct err *e) MUST_USE;

/* Gives every process the bitwise or of all processes' bytes[n]: each has filled its own part and left the
 * rest 0. Every process must call it. At most 2^31 - 1 bytes. */
enum status ranks_combine(const struct ranks *r, void *bytes, size_t n, struct err *e) MUST_USE;

/* Leaves. After a failure the other processes are ended too, so that none waits for ever: this one then says
 * what *e says and does not return, because MPI ends it as well. */
void ranks_end(const struct ranks *r, enum status s, const struct err *e);

#endif
