/* The worker of a served city: what it does without being asked, in a process of its own. */
#ifndef LYKTA_COMMAND_SERVE_WORKER_H
#define LYKTA_COMMAND_SERVE_WORKER_H

/* Opens the city at the path `context`, raises its walls and does its errands until it is to end: for
 * keeper_open. Returns an enum status. */
int serve_work(void *context);

#endif
