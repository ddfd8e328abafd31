/* Sentences of the page of how the system is. */
#include "status/status_words.h"

#include "base/text.h"
#include "calendar/stockholm.h"

enum { MB = 1000 * 1000, MB_IN_GB = 1000 };

struct str status_say(const struct status_voice *v, enum text_key key, const struct insertion *with, size_t n)
{
    struct text out = text_open(v->arena);

    catalogue_write(&out, v->texts, key, with, n);
    return text_str(&out);
}

struct str status_text(const struct status_voice *v, enum text_key key)
{
    return catalogue_text(v->texts, key);
}

struct str status_at(const struct status_voice *v, enum text_key key, int64_t at)
{
    const struct insertion moment = insertion("at", status_moment(v, at));

    return status_say(v, key, &moment, 1);
}

struct str status_n(const struct status_voice *v, enum text_key key, int64_t n)
{
    const struct insertion number = insertion("n", n);

    return status_say(v, key, &number, 1);
}

struct str status_join(const struct status_voice *v, struct str one, struct str other)
{
    struct text out = text_open(v->arena);

    text_add(&out, one);
    if (one.n > 0 && other.n > 0)
        text_byte(&out, ' ');
    text_add(&out, other);
    return text_str(&out);
}

/* A tenth is enough above a gigabyte; what is under one megabyte is one. */
struct str status_size(const struct status_voice *v, uint64_t bytes)
{
    const uint64_t mb = bytes < MB ? 1 : bytes / MB;
    struct text out = text_open(v->arena);

    if (mb < MB_IN_GB) {
        language_write_i64(&out, v->texts->language, (int64_t)mb);
        text_lit(&out, "\u00a0MB");
    } else {
        language_write_f64(&out, v->texts->language, (double)(mb / (MB_IN_GB / 10)) / 10);
        text_lit(&out, "\u00a0GB");
    }
    return text_str(&out);
}

struct str status_moment(const struct status_voice *v, int64_t at)
{
    return at > 0 ? stockholm_moment(at, v->arena) : S("");
}
