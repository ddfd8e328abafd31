/* Answers to other languages. */
#include "base/foreign_answer_own.h"

#include "base/arena.h"

struct foreign_answer *foreign_answer_open(struct arena *a)
{
    struct foreign_answer *answer = arena_new(a, 1, struct foreign_answer);

    answer->arena = a;
    return answer;
}

int foreign_status(const struct foreign_answer *answer)
{
    return (int)answer->e.status;
}

const char *foreign_sentence(const struct foreign_answer *answer)
{
    return answer->e.what;
}

const unsigned char *foreign_bytes(const struct foreign_answer *answer, size_t *n)
{
    *n = answer->e.status == OK ? answer->bytes.n : 0;
    return answer->e.status == OK ? (const unsigned char *)answer->bytes.p : NULL;
}

void foreign_close(struct foreign_answer *answer)
{
    if (answer)
        arena_close(answer->arena);
}
