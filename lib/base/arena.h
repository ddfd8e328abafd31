/* Memory that is freed at once: one arena per piece of work (a request, a file read, a table). */
#ifndef LYKTA_BASE_ARENA_H
#define LYKTA_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new, empty arena. Never NULL: the process ends with a sentence when memory cannot be had. */
struct arena *arena_open(void);

/* The same for secrets and for what persons are called: its memory is kept from the swap, as far as the
 * system allows (arena_is_locked), and from core files, and is wiped when the arena is reset or closed. */
struct arena *arena_open_secret(void);

/* Has all memory of the secret arena `a` been locked? The limit is that of `ulimit -l`. */
bool arena_is_locked(const struct arena *a);

/* Frees everything that was ever allocated in `a`. NULL is harmless. */
void arena_close(struct arena *a);

/* Forgets everything in `a` but keeps its first block, so that a worker can use it again. */
void arena_reset(struct arena *a);

/* Overwrites everything handed out so far with zeros, in a way no compiler leaves out: for what held secrets,
 * before arena_reset or arena_close. The memory stays handed out. */
void arena_wipe(struct arena *a);

/* `n` objects of `size` bytes each, zeroed, aligned for any standard type. Ends the process when n * size
 * overflows. */
void *arena_alloc(struct arena *a, size_t n, size_t size) __attribute__((malloc, returns_nonnull));

/* `n` zeroed objects of `type`. */
#define arena_new(a, n, type) ((type *)arena_alloc((a), (n), sizeof(type)))

/* Room for at least `n` objects of `size` bytes: returns `old` while `n <= *room`, else a copy of twice the
 * room.
 * `*room` is the number of objects `old` has room for (0 and NULL to begin with). */
void *arena_grow(struct arena *a, void *old, size_t n, size_t *room, size_t size)
    __attribute__((returns_nonnull));

/* A NUL-ended copy of the `n` bytes at `p`. */
char *arena_cstr(struct arena *a, const char *p, size_t n);

/* A NUL-ended formatted text in `a`. */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Bytes handed out since the last reset: shown by the benchmarks. */
size_t arena_bytes(const struct arena *a);

#endif
