/* A narrow gate before what costs much memory and time: hashing a password takes 64 MiB and a third of a
 * second. Few pass at a time, some wait their turn without holding a worker, and who comes when too many wait
 * is asked to come back, so that a thousand attempts at once cost no more memory than a few. */
#ifndef LYKTA_WEB_GATE_H
#define LYKTA_WEB_GATE_H

#include <pthread.h>
#include <stdbool.h>

enum { GATE_WIDTH = 2, GATE_MOST_WAITING = 20, GATE_RETRY_SECONDS = 5 };

struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    int inside;
    int waiting;
};

void gate_open(struct gate *g);
void gate_close(struct gate *g);

/* Waits until there is room inside; false at once when GATE_MOST_WAITING wait already. Who enters leaves. */
bool gate_enter(struct gate *g);
void gate_leave(struct gate *g);

#endif
