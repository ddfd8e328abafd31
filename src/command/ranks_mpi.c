/* The module that speaks MPI. */
#include "command/ranks_mpi.h"

#include <limits.h>
#include <mpi.h>

int ranks_mpi_begin(size_t *rank, size_t *size)
{
    int provided = 0;
    int mine = 0;
    int all = 0;

    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS ||
        MPI_Comm_rank(MPI_COMM_WORLD, &mine) != MPI_SUCCESS ||
        MPI_Comm_size(MPI_COMM_WORLD, &all) != MPI_SUCCESS)
        return 1;
    *rank = (size_t)mine;
    *size = (size_t)all;
    return 0;
}

int ranks_mpi_combine(void *bytes, size_t n)
{
    if (n > INT_MAX)
        return 1;
    return MPI_Allreduce(MPI_IN_PLACE, bytes, (int)n, MPI_UNSIGNED_CHAR, MPI_BOR, MPI_COMM_WORLD) ==
                   MPI_SUCCESS
               ? 0
               : 1;
}

void ranks_mpi_end(int failed)
{
    if (failed)
        MPI_Abort(MPI_COMM_WORLD, failed);
    MPI_Finalize();
}
