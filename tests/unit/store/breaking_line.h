/* A line to a server that breaks, or a server that refuses, one message at a time. Programs that use it are
 * linked with it ask libpq through it. */
#ifndef LYKTA_TESTS_BREAKING_LINE_H
#define LYKTA_TESTS_BREAKING_LINE_H

#include "base/err.h"

enum breaking_line {
    LINE_BREAKS,   /* before the message has left: the server never gets it */
    SERVER_REFUSES /* the statement, and goes on */
};

/* Something that is done in a server, and a look at what is there after it. */
struct breaking_act {
    enum status (*act)(void *test, struct err *e);
    void (*look)(void *test); /* nothing breaks meanwhile; NULL: there is nothing to look at */
};

/* Does it again and again; each time the next of its messages fails, until it gets through. The test fails
 * unless each failure is told as SYSTEM, with a sentence, and the last time all goes well. A line that breaks
 * where nothing is lost with it may be made anew, so that all goes well, too. */
void assert_each_message_may_fail(enum breaking_line how, const struct breaking_act *a, void *test);

/* The same of every `step`-th message, for what has very many. */
void assert_each_message_may_fail_by(enum breaking_line how, const struct breaking_act *a, void *test,
                                     int step);

/* The next message fails. */
void breaking_line_now(enum breaking_line how);

#endif
