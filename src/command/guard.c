/* What keeps names and keys out of the swap and of core files. */
#include "command/guard.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum { STACK_BYTES = 256 * 1024, PAGE = 4096, SWAPS_MAX_BYTES = 64 * 1024 };

enum status guard_begin(struct err *e)
{
    const struct rlimit none = {0, 0};
    unsigned char stack[STACK_BYTES];
    uintptr_t start = (uintptr_t)stack & ~(uintptr_t)(PAGE - 1);

    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    explicit_bzero(stack, sizeof stack); /* so that the pages are there to be locked */
    (void)mlock((void *)start, sizeof stack);
    if (sodium_init() < 0)
        return err_set(e, SYSTEM, "the cryptographic library cannot start: is there a source of randomness?");
    return OK;
}

/* /proc/swaps has a line for its head and one for each swap. */
static bool has_swap(void)
{
    struct arena *a = arena_open();
    struct str text = S("");
    struct str line;
    struct str rest;
    struct err e = {OK, ""};
    bool found = file_read("/proc/swaps", SWAPS_MAX_BYTES, a, &text, &e) != OK;

    str_cut(text, '\n', &line, &rest);
    found = found || str_trim(rest).n > 0;
    arena_close(a);
    return found;
}

enum status guard_check(const struct arena *a, struct err *e)
{
    if (arena_is_locked(a) || !has_swap())
        return OK;
    return err_set(
        e, REFUSED,
        "the memory for names cannot be locked, so that they could be written to the swap: raise the "
        "limit (ulimit -l), or turn the swap off");
}

void guard_wipe_stack(void)
{
    unsigned char stack[STACK_BYTES];

    explicit_bzero(stack, sizeof stack);
}
