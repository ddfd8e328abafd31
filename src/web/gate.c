/* A narrow gate before what costs much. */
#include "web/gate.h"

#include "base/err.h"

void gate_open(struct gate *g)
{
    *g = (struct gate){0};
    if (pthread_mutex_init(&g->lock, NULL) != 0 || pthread_cond_init(&g->opened, NULL) != 0)
        give_up("a lock cannot be made");
}

void gate_close(struct gate *g)
{
    pthread_cond_destroy(&g->opened);
    pthread_mutex_destroy(&g->lock);
}

bool gate_enter(struct gate *g)
{
    pthread_mutex_lock(&g->lock);
    bool is_let_in = g->inside < GATE_WIDTH || g->waiting < GATE_MOST_WAITING;

    if (is_let_in) {
        g->waiting++;
        while (g->inside >= GATE_WIDTH)
            pthread_cond_wait(&g->opened, &g->lock);
        g->waiting--;
        g->inside++;
    }
    pthread_mutex_unlock(&g->lock);
    return is_let_in;
}

void gate_leave(struct gate *g)
{
    pthread_mutex_lock(&g->lock);
    g->inside--;
    pthread_mutex_unlock(&g->lock);
    pthread_cond_signal(&g->opened);
}
