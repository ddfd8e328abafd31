/* The log. */
#include "log/log.h"

#include "base/number.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A value gets no more, so that what comes after it has room; and the line's end always has. */
enum { VALUE_BYTES = 500, END_ROOM = 2, MOST_SLOW_MS = 3600000 };

/* No half of a letter: bytes that continue one go with it. */
static struct str cut(struct str value)
{
    size_t n = value.n;

    if (n <= VALUE_BYTES)
        return value;
    n = VALUE_BYTES;
    while (n > 0 && ((unsigned char)value.p[n] & 0xc0) == 0x80)
        n--;
    return str_part(value, 0, n);
}

enum status log_read(struct str form, struct str slow, struct log *out, struct err *e)
{
    struct log log = {.form = str_is(form, "json") ? LOG_JSON : LOG_WORDS};

    if (log.form == LOG_WORDS && !str_is(form, "words"))
        return err_set(e, BAD_INPUT, "lykta.conf: form in [log]: expected words or json, found \"%.*s\"",
                       STR(cut(form)));
    if (!i64_from_str(slow, 0, MOST_SLOW_MS, &log.slow_ms))
        return err_set(e, BAD_INPUT, "lykta.conf: slow in [log]: expected milliseconds, 0 to %d",
                       (int)MOST_SLOW_MS);
    *out = log;
    return OK;
}

static void put(struct log_line *l, const char *bytes, size_t n)
{
    size_t room = sizeof l->bytes - END_ROOM - l->n;

    if (n > room)
        n = room;
    memcpy(l->bytes + l->n, bytes, n);
    l->n += n;
}

static void put_text(struct log_line *l, const char *text)
{
    put(l, text, strlen(text));
}

/* What would end a value early, or the line. Backslashes are doubled in both forms. */
static void put_escaped(struct log_line *l, struct str value)
{
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];

        if (c == '"' || c == '\\')
            put_text(l, "\\");
        put(l, (unsigned char)c < ' ' || c == 0x7f ? " " : &c, 1);
    }
}

/* Words need quotes around what a reader could take for another pair. */
static bool is_plain(struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] <= ' ' || strchr("\"\\=\x7f", value.p[i]))
            return false;
    return value.n > 0;
}

static void put_name(struct log_line *l, const char *name)
{
    if (l->form == LOG_JSON) {
        put_text(l, l->n > 1 ? ",\"" : "\"");
        put_text(l, name);
        put_text(l, "\":");
        return;
    }
    put_text(l, l->n > 0 ? " " : "");
    put_text(l, name);
    put_text(l, "=");
}

/* A pair that has no room is left out whole: the line stays one that can be read. */
static bool has_room(const struct log_line *l, const char *name, struct str value)
{
    size_t most = strlen(name) + 2 * value.n + 6;

    return l->n + most + END_ROOM + 1 <= sizeof l->bytes;
}

void log_str(struct log_line *l, const char *name, struct str value)
{
    value = cut(value);
    if (!has_room(l, name, value))
        return;
    bool is_quoted = l->form == LOG_JSON || !is_plain(value);
    put_name(l, name);
    if (is_quoted)
        put_text(l, "\"");
    put_escaped(l, value);
    if (is_quoted)
        put_text(l, "\"");
}

void log_int(struct log_line *l, const char *name, int64_t value)
{
    char text[I64_TEXT_BYTES];
    struct str digits = i64_to_text(value, text);

    if (!has_room(l, name, digits))
        return;
    put_name(l, name);
    put(l, digits.p, digits.n);
}

static struct str time_now(char out[32])
{
    time_t now = time(NULL);
    struct tm utc;

    return (struct str){out, strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc))};
}

struct log_line log_begin(const struct log *log, enum log_level level, const char *event)
{
    static const char *const level_name[] = {
        [LOG_LEVEL_INFO] = "info", [LOG_LEVEL_WARNING] = "warning", [LOG_LEVEL_ERROR] = "error"};
    struct log_line l = {.form = log ? log->form : LOG_WORDS};
    char at[32];

    if (l.form == LOG_JSON) {
        put_text(&l, "{");
        log_str(&l, "at", time_now(at));
    }
    log_str(&l, "level", str_of(level_name[level]));
    log_str(&l, "event", str_of(event));
    return l;
}

void log_end(struct log_line *l)
{
    put_text(l, l->form == LOG_JSON ? "}" : "");
    l->bytes[l->n++] = '\n';
    ssize_t ignored = write(STDERR_FILENO, l->bytes, l->n);
    (void)ignored;
}
