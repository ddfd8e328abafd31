/* A store whose statements fail, one at a time: what is done in it is told as not done, and can be done
 * again. */
#ifndef LYKTA_TESTS_FAILING_STORE_H
#define LYKTA_TESTS_FAILING_STORE_H

#include "base/err.h"

#include <stdbool.h>

/* Lets the n-th statement or commit from now on fail, of all databases that are opened after
 * failing_store_on. */
void failing_store_on(void);

/* Lets every emptying of a write-ahead log fail, or no longer: it is not one of those statements, since what
 * was deleted is gone without it. */
void failing_store_checkpoints(bool fail);

/* Something that is done in the store of `test`. */
typedef enum status failing_act(void *test, struct err *e);

/* Does it again and again; each time the next of its statements and commits fails, until it gets through. The
 * test fails unless each failure is told as SYSTEM, with a sentence, and the last time all goes well: nothing
 * half-done stands in the way. */
void assert_each_statement_may_fail(failing_act *act, void *test);

/* The same of every `step`-th statement, for what has very many. */
void assert_each_statement_may_fail_by(failing_act *act, void *test, int step);

#endif
