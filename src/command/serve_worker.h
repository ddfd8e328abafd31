/* The worker of a served city: what it does without being asked, in a process of its own. */
#ifndef LYKTA_COMMAND_SERVE_WORKER_H
#define LYKTA_COMMAND_SERVE_WORKER_H

struct errand_board;

/* What the worker is told. */
struct serve_work {
    const char *path;   /* of the city */
    const char *holder; /* of the claim to do its errands: the same for a worker that is made again */
    struct errand_board *board;
};

/* Opens the city of `context`, a struct serve_work, raises its walls and does its errands until it is to end:
 * for keeper_open. Returns an enum status. */
int serve_work(void *context);

#endif
