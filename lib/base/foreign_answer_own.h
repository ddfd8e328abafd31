/* An answer from within: for the functions that give one. */
#ifndef LYKTA_BASE_FOREIGN_ANSWER_OWN_H
#define LYKTA_BASE_FOREIGN_ANSWER_OWN_H

#include "base/err.h"
#include "base/foreign_answer.h"
#include "base/str.h"

struct arena;

struct foreign_answer {
    struct arena *arena; /* the answer itself is in it, and goes with it */
    struct err e;
    struct str bytes;
};

/* An answer in the arena `a`, which it owns from here on. */
struct foreign_answer *foreign_answer_open(struct arena *a);

#endif
