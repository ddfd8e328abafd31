/* What every unit test includes: cmocka and the headers it needs before it. */
#ifndef LYKTA_TESTS_UNIT_H
#define LYKTA_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define assert_str(s, literal) assert_true(str_equal((s), S(literal)))
#define assert_says(e, part) assert_non_null(strstr((e).what, (part)))

/* Setup and teardown that give a test an arena as its state. */
static inline int open_arena(void **state)
{
    *state = arena_open();
    return 0;
}

static inline int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

#endif
