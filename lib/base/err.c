/* A status to act on and a sentence to read. */
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum status err_setv(struct err *e, enum status status, const char *format, va_list args)
{
    e->status = status;
    (void)vsnprintf(e->what, sizeof e->what, format, args);
    return status;
}

enum status err_set(struct err *e, enum status status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    err_setv(e, status, format, args);
    va_end(args);
    return status;
}

enum status err_in(struct err *e, const char *format, ...)
{
    struct err inner = *e;
    va_list args;

    va_start(args, format);
    (void)vsnprintf(e->what, sizeof e->what, format, args);
    va_end(args);
    size_t n = strlen(e->what);
    int room = (int)(sizeof e->what - n);
    if (room > 3)
        snprintf(e->what + n, (size_t)room, ": %.*s", room - 3, inner.what);
    return e->status;
}

/* In one piece, so that it stays a line of the log when other threads write too. */
__attribute__((format(printf, 1, 0))) static void say(const char *format, va_list args)
{
    char what[400];

    (void)vsnprintf(what, sizeof what, format, args);
    (void)fprintf(stderr, "lykta: %s\n", what);
}

void give_up(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(format, args);
    va_end(args);
    _Exit(SYSTEM);
}

void die(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(format, args);
    va_end(args);
    abort();
}
