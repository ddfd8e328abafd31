/* The log. */
#include "web/log.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

void log_line(const char *format, ...)
{
    char line[1002];
    va_list args;

    va_start(args, format);
    int written = vsnprintf(line, sizeof line - 1, format, args);
    va_end(args);
    if (written < 0)
        return;
    size_t n = (size_t)written < sizeof line - 2 ? (size_t)written : sizeof line - 2;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)line[i] < ' ')
            line[i] = ' ';
    line[n] = '\n';
    /* One write, so that lines of several threads never mix. A log that cannot be written stops nothing. */
    ssize_t ignored = write(STDERR_FILENO, line, n + 1);
    (void)ignored;
}
