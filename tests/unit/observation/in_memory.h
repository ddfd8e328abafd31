/* Looks for a text in all memory that this process may write. */
#ifndef LYKTA_TESTS_IN_MEMORY_H
#define LYKTA_TESTS_IN_MEMORY_H

#include <stddef.h>

/* How many times the `n` bytes of `flipped`, each changed by one bit, stand in memory: so that the test does
 * not hold what it looks for. */
size_t times_in_memory(const char *flipped, size_t n);

#endif
