/* Memory that is freed at once. A list of blocks, each filled from the front. */
#include "base/arena.h"

#include "base/err.h"
#include "base/number.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 4 * 1024 * 1024 };

struct block {
    struct block *before;
    size_t room;
    size_t used;
};

struct arena {
    struct block *first;
    struct block *last;
    size_t bytes;
};

static struct block *block_open(struct block *before, size_t room);
static unsigned char *block_start(struct block *b);

struct arena *arena_open(void)
{
    struct arena *a = calloc(1, sizeof *a);

    if (!a)
        die("out of memory");
    a->first = block_open(NULL, FIRST_BLOCK);
    a->last = a->first;
    return a;
}

void arena_reset(struct arena *a)
{
    while (a->last != a->first) {
        struct block *b = a->last;

        a->last = b->before;
        free(b);
    }
    a->first->used = 0;
    a->bytes = 0;
}

void arena_wipe(struct arena *a)
{
    for (struct block *b = a->last; b; b = b->before)
        explicit_bzero(block_start(b), b->used);
}

void arena_close(struct arena *a)
{
    if (!a)
        return;
    arena_reset(a);
    free(a->first);
    free(a);
}

void *arena_alloc(struct arena *a, size_t n, size_t size)
{
    size_t bytes = 0;
    size_t padded = 0;

    if (!mul_size(n, size, &bytes) || !add_size(bytes, ALIGNMENT - 1, &padded))
        die("out of memory: %zu objects of %zu bytes", n, size);
    padded -= padded % ALIGNMENT;
    if (a->last->room - a->last->used < padded) {
        size_t step = a->last->room < LARGEST_STEP ? 2 * a->last->room : LARGEST_STEP;

        a->last = block_open(a->last, padded > step ? padded : step);
    }
    unsigned char *p = block_start(a->last) + a->last->used;
    a->last->used += padded;
    a->bytes += padded;
    memset(p, 0, bytes);
    return p;
}

void *arena_grow(struct arena *a, void *old, size_t n, size_t *room, size_t size)
{
    if (old && n <= *room)
        return old;
    size_t more = *room < 8 ? 8 : *room;
    if (!mul_size(more, 2, &more))
        die("out of memory: a list of %zu objects", n);
    if (more < n)
        more = n;
    void *p = arena_alloc(a, more, size);
    if (old)
        memcpy(p, old, *room * size);
    *room = more;
    return p;
}

char *arena_cstr(struct arena *a, const char *p, size_t n)
{
    char *copy = arena_new(a, n + 1, char);

    if (n)
        memcpy(copy, p, n);
    return copy;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_list again;

    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        die("a text cannot be formatted");
    char *p = arena_new(a, (size_t)n + 1, char);
    (void)vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}

size_t arena_bytes(const struct arena *a)
{
    return a->bytes;
}

static struct block *block_open(struct block *before, size_t room)
{
    size_t whole = 0;

    if (!add_size(room, sizeof(struct block) + ALIGNMENT, &whole))
        die("out of memory: %zu bytes", room);
    struct block *b = malloc(whole);
    if (!b)
        die("out of memory: %zu bytes", room);
    *b = (struct block){.before = before, .room = room, .used = 0};
    return b;
}

/* The first aligned byte after the head; block_open left room for it. */
static unsigned char *block_start(struct block *b)
{
    unsigned char *p = (unsigned char *)(b + 1);

    return p + (ALIGNMENT - (uintptr_t)p % ALIGNMENT) % ALIGNMENT;
}
