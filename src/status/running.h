/* The program that serves a city, as the page of how the system is can look at it. */
#ifndef LYKTA_STATUS_RUNNING_H
#define LYKTA_STATUS_RUNNING_H

#include <stdint.h>

struct errand_board;
struct keeper;
struct server;

/* All of it outlives the server. */
struct running {
    int64_t started_at; /* seconds UTC */
    const struct keeper *keeper;
    const struct errand_board *board; /* the worker's */
    struct server *_Atomic server;    /* NULL until it is open: it answers from then on, on other threads */
};

#endif
