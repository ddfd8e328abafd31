/* What functions for other languages give back: an answer that the caller closes. It has a status, a sentence
 * when it is not OK, and bytes when it is, so that no struct of C need be known. */
#ifndef LYKTA_BASE_FOREIGN_ANSWER_H
#define LYKTA_BASE_FOREIGN_ANSWER_H

#include <stddef.h>

struct foreign_answer;

/* 0 done, 1 refused, 2 called wrongly, 3 bad input, 4 a failure of the system. */
int foreign_status(const struct foreign_answer *answer);
const char *foreign_sentence(const struct foreign_answer *answer);

/* The bytes, which belong to the answer; *n is how many. NULL when the status is not 0. */
const unsigned char *foreign_bytes(const struct foreign_answer *answer, size_t *n);

/* Frees the answer, and wipes it when it held secrets. NULL is harmless. */
void foreign_close(struct foreign_answer *answer);

#endif
