/* Blocks of work on threads. */
#include "base/parallel.h"

#include "base/err.h"
#include "base/progress.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { MAX_THREADS = 256 };

struct crew {
    parallel_block *block;
    void *work;
    size_t blocks;
    atomic_size_t next;
    atomic_bool was_stopped;
    struct progress *progress;
};

static void *crew_work(void *arg)
{
    struct crew *crew = arg;

    for (;;) {
        size_t i = atomic_fetch_add(&crew->next, 1);
        if (i >= crew->blocks)
            return NULL;
        if (progress_should_stop(crew->progress)) {
            atomic_store(&crew->was_stopped, true);
            return NULL;
        }
        crew->block(crew->work, i);
        progress_step(crew->progress, 1);
    }
}

bool parallel_for(size_t blocks, int threads, parallel_block *block, void *work, struct progress *p)
{
    struct crew crew = {.block = block, .work = work, .blocks = blocks, .progress = p};
    pthread_t others[MAX_THREADS];
    size_t n = (size_t)(threads > 0 ? threads : parallel_processors());
    size_t started = 0;

    if (n > MAX_THREADS)
        n = MAX_THREADS;
    if (n > blocks)
        n = blocks;
    while (started + 1 < n && pthread_create(&others[started], NULL, crew_work, &crew) == 0)
        started++;
    crew_work(&crew);
    for (size_t i = 0; i < started; i++)
        if (pthread_join(others[i], NULL) != 0)
            die("a thread cannot be joined");
    return !atomic_load(&crew.was_stopped);
}

int parallel_processors(void)
{
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n > 0 ? n : 1;
}
