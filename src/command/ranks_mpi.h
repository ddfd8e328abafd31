/* The module that speaks MPI: what ranks.c finds in it by name. */
#ifndef LYKTA_COMMAND_RANKS_MPI_H
#define LYKTA_COMMAND_RANKS_MPI_H

#include <stddef.h>

/* 0 when it went well. */
typedef int ranks_mpi_begin_fn(size_t *rank, size_t *size);
typedef int ranks_mpi_combine_fn(void *bytes, size_t n);
typedef void ranks_mpi_end_fn(int failed);

ranks_mpi_begin_fn ranks_mpi_begin;
ranks_mpi_combine_fn ranks_mpi_combine;
ranks_mpi_end_fn ranks_mpi_end;

#endif
