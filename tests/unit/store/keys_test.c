/* A city's secret keys: whole, or told. */
#include "../scratch.h"
#include "../unit.h"

#include "store/keys.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *folder_of(void **state)
{
    struct err e = {0};

    if (keys_make(((struct scratch *)*state)->folder, &e) != OK)
        die("%s", e.what);
    return ((struct scratch *)*state)->folder;
}

static void a_key_is_read_as_it_was_made(void **state)
{
    const char *folder = folder_of(state);
    struct key once, again;
    struct err e = {0};

    assert_int_equal(key_read(folder, KEY_CUBE, &once, &e), OK);
    assert_int_equal(key_make_missing(folder, KEY_CUBE, &e), OK);
    assert_int_equal(key_read(folder, KEY_CUBE, &again, &e), OK);
    assert_memory_equal(once.bytes, again.bytes, KEY_BYTES);
    key_wipe(&once);
    key_wipe(&again);
}

static void a_missing_key_is_made(void **state)
{
    const char *folder = folder_of(state);
    struct key key;
    struct err e = {0};

    assert_int_equal(unlink(scratch_path(*state, "keys/account.key")), 0);
    assert_int_equal(key_read(folder, KEY_ACCOUNT, &key, &e), SYSTEM);
    assert_says(e, "cannot be opened");
    assert_int_equal(key_make_missing(folder, KEY_ACCOUNT, &e), OK);
    assert_int_equal(key_read(folder, KEY_ACCOUNT, &key, &e), OK);
    key_wipe(&key);
}

/* What was read of it is wiped. */
static void a_key_of_another_length_is_refused(void **state)
{
    static const char bytes[KEY_BYTES + 1] = "0123456789abcdef0123456789abcdef";
    static const unsigned char nothing[KEY_BYTES];
    const char *folder = folder_of(state);
    struct key key;
    struct err e = {0};

    for (size_t n = 0; n <= KEY_BYTES + 1; n += n == 0 ? 5 : KEY_BYTES - 4) {
        scratch_write(*state, "keys/cube.key", (struct str){bytes, n});
        assert_int_equal(key_read(folder, KEY_CUBE, &key, &e), BAD_INPUT);
        assert_says(e, "is not a key of 32 bytes");
        assert_memory_equal(key.bytes, nothing, KEY_BYTES);
    }
}

/* A folder has a length, too, and cannot be read as a file. */
static void what_is_no_file_is_no_key(void **state)
{
    const char *folder = folder_of(state);
    const char *path = scratch_path(*state, "keys/cube.key");
    struct key key;
    struct err e = {0};

    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(key_read(folder, KEY_CUBE, &key, &e), BAD_INPUT);
    assert_says(e, "is not a key");
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(symlink("release.key", path), 0);
    assert_int_equal(key_read(folder, KEY_CUBE, &key, &e), SYSTEM);
    assert_says(e, "cannot be opened");
}

static void a_public_key_is_64_digits(void **state)
{
    const char *folder = folder_of(state);
    struct arena *a = ((struct scratch *)*state)->arena;
    struct str hex = S("as before");
    struct err e = {0};

    assert_int_equal(key_public(folder, a, &hex, &e), OK);
    assert_int_equal(hex.n, 64);
    scratch_write(*state, "keys/release.pub", S("00ff\n"));
    assert_int_equal(key_public(folder, a, &hex, &e), BAD_INPUT);
    assert_says(e, "64 hexadecimal digits");
    assert_int_equal(unlink(scratch_path(*state, "keys/release.pub")), 0);
    assert_int_equal(key_public(folder, a, &hex, &e), BAD_INPUT);
    assert_says(e, "release.pub");
}

static void keys_are_not_made_over_others(void **state)
{
    const char *folder = folder_of(state);
    struct key before, after;
    struct err e = {0};

    assert_int_equal(key_read(folder, KEY_LINK, &before, &e), OK);
    assert_int_equal(keys_make(folder, &e), BAD_INPUT);
    assert_int_equal(key_read(folder, KEY_LINK, &after, &e), OK);
    assert_memory_equal(before.bytes, after.bytes, KEY_BYTES);
    key_wipe(&before);
    key_wipe(&after);
}

static void a_path_that_is_too_long_is_told(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    const char *folder = arena_printf(a, "%0*d", PATH_MAX, 0);
    struct str hex;
    struct key key;
    struct err e = {0};

    assert_int_equal(keys_make(folder, &e), BAD_INPUT);
    assert_says(e, "the path is too long");
    assert_int_equal(key_make_missing(folder, KEY_CUBE, &e), BAD_INPUT);
    assert_int_equal(key_read(folder, KEY_CUBE, &key, &e), BAD_INPUT);
    assert_int_equal(key_public(folder, a, &hex, &e), BAD_INPUT);
    assert_says(e, "the path is too long");
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_key_is_read_as_it_was_made),       IN_SCRATCH(a_missing_key_is_made),
        IN_SCRATCH(a_key_of_another_length_is_refused), IN_SCRATCH(what_is_no_file_is_no_key),
        IN_SCRATCH(a_public_key_is_64_digits),          IN_SCRATCH(keys_are_not_made_over_others),
        IN_SCRATCH(a_path_that_is_too_long_is_told),
    };

    return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
