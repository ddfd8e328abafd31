/* A database of its own for a test: a file in its folder, or a schema of the PostgreSQL server that
 * tests/with_postgres.py has started. */
#ifndef LYKTA_TESTS_DATABASE_H
#define LYKTA_TESTS_DATABASE_H

#include "scratch.h"

#include <stdio.h>

/* Where the server is: its address, to which "#" and a schema are added; NULL: tests use files. */
static inline const char *database_server(void)
{
    return getenv("LYKTA_TEST_POSTGRES");
}

/* The address of the database `name` (small letters) of this test. */
static inline const char *scratch_database(const struct scratch *scratch, const char *name)
{
    const char *folder = scratch->folder + strlen("scratch-");
    char mark[2 * sizeof scratch->folder + 1] = "";

    if (!database_server())
        return arena_printf(scratch->arena, "%s/%s.db", scratch->folder, name);
    for (size_t i = 0; folder[i]; i++)
        snprintf(mark + 2 * i, 3, "%02x", (unsigned char)folder[i]);
    return arena_printf(scratch->arena, "%s#%s_%s", database_server(), name, mark);
}

/* For a test of what stands in a file: a server's files are not the city's. */
#define ONLY_IN_A_FILE()                                                                                     \
    do {                                                                                                     \
        if (database_server())                                                                               \
            skip();                                                                                          \
    } while (0)

#endif
