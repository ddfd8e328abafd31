/* Memory that is freed at once. A list of blocks, each filled from the front. */
#include "base/arena.h"

#include "base/err.h"
#include "base/number.h"
#include "base/poison.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

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
    bool is_secret;
    bool is_unlocked; /* some block of a secret arena could not be locked */
};

static struct block *block_open(struct arena *a, struct block *before, size_t room);
static void block_close(const struct arena *a, struct block *b);
static unsigned char *block_start(struct block *b);

static struct arena *open_kind(bool is_secret)
{
    struct arena *a = calloc(1, sizeof *a);

    if (!a)
        give_up("out of memory");
    a->is_secret = is_secret;
    a->first = block_open(a, NULL, FIRST_BLOCK);
    a->last = a->first;
    return a;
}

struct arena *arena_open(void)
{
    return open_kind(false);
}

struct arena *arena_open_secret(void)
{
    return open_kind(true);
}

bool arena_is_locked(const struct arena *a)
{
    return a->is_secret && !a->is_unlocked;
}

void arena_reset(struct arena *a)
{
    if (a->is_secret)
        arena_wipe(a);
    while (a->last != a->first) {
        struct block *b = a->last;

        a->last = b->before;
        block_close(a, b);
    }
    POISON(block_start(a->first), a->first->room);
    a->first->used = 0;
    a->bytes = 0;
}

void arena_wipe(struct arena *a)
{
    for (struct block *b = a->last; b; b = b->before) {
        POISON_END(block_start(b), b->used);
        explicit_bzero(block_start(b), b->used);
    }
}

void arena_close(struct arena *a)
{
    if (!a)
        return;
    arena_reset(a);
    block_close(a, a->first);
    free(a);
}

void *arena_alloc(struct arena *a, size_t n, size_t size)
{
    size_t bytes = 0;
    size_t padded = 0;

    if (!mul_size(n, size, &bytes) || !add_size(bytes, ALIGNMENT - 1 + POISON_GAP, &padded))
        give_up("out of memory: %zu objects of %zu bytes", n, size);
    padded -= padded % ALIGNMENT;
    if (a->last->room - a->last->used < padded) {
        size_t step = a->last->room < LARGEST_STEP ? 2 * a->last->room : LARGEST_STEP;

        a->last = block_open(a, a->last, padded > step ? padded : step);
    }
    unsigned char *p = block_start(a->last) + a->last->used;
    a->last->used += padded;
    a->bytes += padded - POISON_GAP;
    POISON_END(p, bytes);
    memset(p, 0, bytes);
    return p;
}

void *arena_grow(struct arena *a, void *old, size_t n, size_t *room, size_t size)
{
    if (old && n <= *room)
        return old;
    size_t more = *room < 8 ? 8 : *room;
    if (!mul_size(more, 2, &more))
        give_up("out of memory: a list of %zu objects", n);
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
        give_up("a text cannot be formatted");
    char *p = arena_new(a, (size_t)n + 1, char);
    (void)vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}

size_t arena_bytes(const struct arena *a)
{
    return a->bytes;
}

/* Pages of their own, so that locking them and leaving them out of cores touches nothing else. */
static void *secret_pages(struct arena *a, size_t bytes)
{
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (p == MAP_FAILED)
        return NULL;
    if (mlock(p, bytes) != 0)
        a->is_unlocked = true;
    (void)madvise(p, bytes, MADV_DONTDUMP);
    return p;
}

static size_t whole_bytes(size_t room)
{
    return room + sizeof(struct block) + ALIGNMENT;
}

static void block_close(const struct arena *a, struct block *b)
{
    POISON_END(b, whole_bytes(b->room));
    if (a->is_secret)
        munmap(b, whole_bytes(b->room));
    else
        free(b);
}

static struct block *block_open(struct arena *a, struct block *before, size_t room)
{
    size_t whole = 0;

    if (!add_size(room, sizeof(struct block) + ALIGNMENT, &whole))
        give_up("out of memory: %zu bytes", room);
    struct block *b = a->is_secret ? secret_pages(a, whole) : malloc(whole);
    if (!b)
        give_up("out of memory: %zu bytes", room);
    *b = (struct block){.before = before, .room = room, .used = 0};
    POISON(block_start(b), room);
    return b;
}

/* The first aligned byte after the head; block_open left room for it. */
static unsigned char *block_start(struct block *b)
{
    unsigned char *p = (unsigned char *)(b + 1);

    return p + (ALIGNMENT - (uintptr_t)p % ALIGNMENT) % ALIGNMENT;
}
