/* How the errands of one process go, where another process sees it: memory that both share. */
#ifndef LYKTA_STORE_ERRAND_BOARD_H
#define LYKTA_STORE_ERRAND_BOARD_H

#include "base/err.h"

#include <stdint.h>

struct errand_board;

struct errand_board_state {
    int64_t round_at; /* seconds UTC: when an errand was last brought to its end, well or not; 0: none was */
    int64_t failing;  /* how many of the errands failed when they were last done */
};

/* A board for this process and those it makes from now on. SYSTEM when there is no memory to share. */
enum status errand_board_open(struct errand_board **out, struct err *e) MUST_USE;
void errand_board_close(struct errand_board *b);

/* Any thread and process may ask, and post. */
struct errand_board_state errand_board_state(const struct errand_board *b);

/* An errand was brought to its end at the moment `at`; `failing` more fail now than before: -1, 0 or 1. */
void errand_board_post(struct errand_board *b, int64_t at, int failing);

/* For a process that begins with its errands: what one before it has posted is forgotten. NULL is harmless
 * here and in the other calls that return nothing. */
void errand_board_clear(struct errand_board *b);

#endif
