/* How the errands of one process go, for another. */
#include "store/errand_board.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

struct errand_board {
    atomic_llong round_at;
    atomic_llong failing;
};

enum status errand_board_open(struct errand_board **out, struct err *e)
{
    void *shared =
        mmap(NULL, sizeof(struct errand_board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (shared == MAP_FAILED)
        return err_set(e, SYSTEM, "no memory to share: %s", strerror(errno));
    *out = shared;
    return OK;
}

void errand_board_close(struct errand_board *b)
{
    if (b)
        munmap(b, sizeof *b);
}

struct errand_board_state errand_board_state(const struct errand_board *b)
{
    return (struct errand_board_state){.round_at = atomic_load(&b->round_at),
                                       .failing = atomic_load(&b->failing)};
}

void errand_board_post(struct errand_board *b, int64_t at, int failing)
{
    if (!b)
        return;
    atomic_fetch_add(&b->failing, failing);
    atomic_store(&b->round_at, at);
}

void errand_board_clear(struct errand_board *b)
{
    if (!b)
        return;
    atomic_store(&b->failing, 0);
    atomic_store(&b->round_at, 0);
}
