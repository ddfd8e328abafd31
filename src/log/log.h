/* The log: one line an event on standard error, as words or as JSON.
 *
 *     level=info event=request method=GET route=/plan status=200 ms=3 id=4911878b32a05a38
 *     {"at":"2026-11-26T03:05:00Z","level":"info","event":"request","method":"GET","route":"/plan","status":200,…}
 *
 * It names routes, never paths; no address, name or form value. What must be provable is in the audit chain
 * instead. Words carry no time: whoever keeps them (journald) notes it. */
#ifndef LYKTA_LOG_LOG_H
#define LYKTA_LOG_LOG_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

enum log_form { LOG_WORDS, LOG_JSON };
enum log_level { LOG_LEVEL_INFO, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR };

/* How a city's log is written: [log] of lykta.conf. */
struct log {
    enum log_form form;
    int64_t slow_ms; /* a request that took so long is told as slow; 0: none is */
};

/* BAD_INPUT when one of them is no such setting: `form` "words" or "json", `slow` milliseconds. */
enum status log_read(struct str form, struct str slow, struct log *out, struct err *e) MUST_USE;

enum { LOG_LINE_BYTES = 1200 };

/* A line under way. */
struct log_line {
    enum log_form form;
    size_t n;
    char bytes[LOG_LINE_BYTES];
};

/* Begins a line; `log` may be NULL: words. Then a pair for each thing there is to say, and log_end. `event`
 * and `name` are letters. A value that is too long is cut. */
struct log_line log_begin(const struct log *log, enum log_level level, const char *event);
void log_str(struct log_line *l, const char *name, struct str value);
void log_int(struct log_line *l, const char *name, int64_t value);

/* Writes the line in one piece, so that lines of several threads never mix. A log that cannot be written
 * stops nothing. */
void log_end(struct log_line *l);

#endif
