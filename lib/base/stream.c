/* Bytes that come or go piece by piece. */
#include "base/stream.h"

#include "base/text.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum status sink_put(const struct sink *to, struct str bytes, struct err *e)
{
    return bytes.n == 0 ? OK : to->put(to->to, bytes, e);
}

enum status source_fill(const struct source *from, void *out, size_t n, size_t *got, struct err *e)
{
    unsigned char *bytes = out;
    size_t filled = 0;
    size_t more = 1;

    while (filled < n && more > 0) {
        TRY(from->get(from->from, bytes + filled, n - filled, &more, e));
        filled += more;
    }
    *got = filled;
    return OK;
}

enum status source_take(const struct source *from, void *out, size_t n, struct err *e)
{
    size_t got = 0;

    TRY(source_fill(from, out, n, &got, e));
    if (got < n)
        return err_set(e, BAD_INPUT, "%s: cut short: more bytes were expected", from->name);
    return OK;
}

static enum status put_text(void *to, struct str bytes, struct err *e)
{
    (void)e;
    text_add(to, bytes);
    return OK;
}

struct sink sink_to_text(struct text *t)
{
    return (struct sink){.put = put_text, .to = t};
}

static enum status get_str(void *from, unsigned char *out, size_t room, size_t *got, struct err *e)
{
    struct str *rest = from;

    (void)e;
    *got = rest->n < room ? rest->n : room;
    if (*got > 0)
        memcpy(out, rest->p, *got);
    *rest = str_part(*rest, *got, rest->n);
    return OK;
}

struct source source_of_str(struct str *rest, const char *name)
{
    return (struct source){.get = get_str, .from = rest, .name = name};
}

static enum status get_descriptor(void *from, unsigned char *out, size_t room, size_t *got, struct err *e)
{
    const struct descriptor *d = from;
    ssize_t n = 0;

    do
        n = read(d->fd, out, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_set(e, SYSTEM, "%s: cannot be read: %s", d->name, strerror(errno));
    *got = (size_t)n;
    return OK;
}

struct source source_of_descriptor(struct descriptor *d)
{
    return (struct source){.get = get_descriptor, .from = d, .name = d->name};
}
