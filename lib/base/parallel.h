/* Blocks of work on threads. What a block computes depends on its number alone, so the number of threads
 * never changes a result. */
#ifndef LYKTA_BASE_PARALLEL_H
#define LYKTA_BASE_PARALLEL_H

#include <stdbool.h>
#include <stddef.h>

struct progress;

/* Does one block; `work` is the caller's. */
typedef void parallel_block(void *work, size_t block);

/* Runs `block(work, i)` for every i in 0..blocks-1 on `threads` threads (0: one per processor), each block
 * once, in any order. Stops between blocks when `p` (may be NULL) has been asked to stop; false when it did.
 */
bool parallel_for(size_t blocks, int threads, parallel_block *block, void *work, struct progress *p);

/* Processors this process may use. */
int parallel_processors(void);

#endif
