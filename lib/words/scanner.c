/* The scanner. */
#include "words/scanner.h"

#include "base/arena.h"
#include "words/scanner_parts.h"

#include <stdlib.h>

void finds_add(struct finds *f, size_t from, size_t n, enum scan_kind kind)
{
    f->span = arena_grow(f->arena, f->span, f->n + 1, &f->room, sizeof *f->span);
    f->span[f->n++] = (struct scan_span){from, n, kind};
}

/* By place; at the same place the kind that is named first in the enumeration, which is the stricter. */
static int in_order(const void *a, const void *b)
{
    const struct scan_span *x = a;
    const struct scan_span *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

struct scan scan_text(struct str text, struct arena *a)
{
    struct finds f = {.arena = a};
    size_t n = 0;
    size_t end = 0;

    scan_numbers(text, &f);
    scan_words(text, &f);
    if (f.n > 1)
        qsort(f.span, f.n, sizeof *f.span, in_order);
    for (size_t i = 0; i < f.n; i++) {
        if (n > 0 && f.span[i].from < end)
            continue;
        f.span[n++] = f.span[i];
        end = f.span[i].from + f.span[i].n;
    }
    return (struct scan){n, f.span};
}

bool scan_is_refused(enum scan_kind kind)
{
    return kind != SCAN_ORIGIN && kind != SCAN_HEALTH;
}

size_t scan_refused(const struct scan *scan)
{
    size_t n = 0;

    for (size_t i = 0; i < scan->n; i++)
        n += scan_is_refused(scan->span[i].kind);
    return n;
}

const char *scan_kind_name(enum scan_kind kind)
{
    static const char *const name[SCAN_KINDS] = {
        "identity_number", "phone", "plate", "email", "handle", "room", "name", "origin", "health"};

    return name[kind];
}
