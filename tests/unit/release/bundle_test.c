/* A signed folder: whatever is done to it afterwards is found and named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch.h"
#include "base/json.h"
#include "release/bundle.h"
#include "store/keys.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const files[] = {"manifest.json", "manifest.sig", "estimate.json", "tables/lists.csv",
                                    "tables/a.json"};

static void fill(struct bundle *b, struct arena *a)
{
    struct text out = text_open(a);
    struct json j = json_open(&out);

    *b = (struct bundle){0};
    bundle_add(b, "estimate.json", S("{\"nhat\": 11000}\n"));
    bundle_add(b, "tables/lists.csv", S("code,people\nLA,95\n"));
    bundle_add(b, "tables/a.json", S("{}\n"));
    json_object_begin(&j, NULL);
    bundle_put_files(b, &j);
    json_object_end(&j);
    b->manifest = text_str(&out);
}

static enum status write_with(struct scratch *scratch, unsigned char key_byte, struct err *e)
{
    struct bundle *b = arena_new(scratch->arena, 1, struct bundle);
    const struct key key = {{key_byte}};

    fill(b, scratch->arena);
    return bundle_write(b, scratch_path(scratch, "release"), &key, scratch->arena, e);
}

static int bundle_open(void **state)
{
    struct err e = {0};

    return scratch_open(state) != 0 || write_with(*state, 1, &e) != OK;
}

static enum status verify(struct scratch *scratch, const char *key, struct err *e)
{
    struct bundle *b = arena_new(scratch->arena, 1, struct bundle);

    return bundle_read(scratch_path(scratch, "release"), str_of(key), scratch->arena, b, e);
}

static void a_folder_as_it_was_written_is_whole(void **state)
{
    struct scratch *scratch = *state;
    struct bundle *b = arena_new(scratch->arena, 1, struct bundle);
    struct str bytes;
    struct err e = {0};

    assert_int_equal(bundle_read(scratch_path(scratch, "release"), S(""), scratch->arena, b, &e), OK);
    assert_int_equal(bundle_find(b, "tables/a.json", &bytes, &e), OK);
    assert_true(str_is(bytes, "{}\n"));
    assert_int_equal(bundle_find(b, "tables/b.json", &bytes, &e), BAD_INPUT);
}

/* Every byte of the file `name` changed in turn, in two ways: to another digit, and to the other case. */
static void change_each_byte(struct scratch *scratch, const char *name)
{
    const char *path = scratch_path(scratch, arena_printf(scratch->arena, "release/%s", name));
    const char *expected = arena_printf(scratch->arena, "%s: changed", name);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    struct err e = {0};
    char byte = 0;

    assert_true(fd >= 0);
    for (off_t i = 0; pread(fd, &byte, 1, i) == 1; i++) {
        const char changed[] = {(char)(byte ^ 0x01), (char)(byte ^ 0x20), byte};

        for (size_t j = 0; j < 2; j++) {
            assert_int_equal(pwrite(fd, &changed[j], 1, i), 1);
            assert_int_equal(verify(scratch, "", &e), BAD_INPUT);
            assert_memory_equal(e.what, expected, strlen(expected));
        }
        assert_int_equal(pwrite(fd, &changed[2], 1, i), 1);
    }
    close(fd);
}

static void a_changed_byte_anywhere_is_found_and_its_file_named(void **state)
{
    struct err e = {0};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        change_each_byte(*state, files[i]);
    assert_int_equal(verify(*state, "", &e), OK);
}

static void a_missing_file_is_named(void **state)
{
    struct scratch *scratch = *state;
    struct err e = {0};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *path = scratch_path(scratch, arena_printf(scratch->arena, "release/%s", files[i]));
        const char *away = scratch_path(scratch, "away");
        const char *expected = arena_printf(scratch->arena, "%s: missing", files[i]);

        assert_int_equal(rename(path, away), 0);
        assert_int_equal(verify(scratch, "", &e), BAD_INPUT);
        assert_memory_equal(e.what, expected, strlen(expected));
        assert_int_equal(rename(away, path), 0);
    }
}

static void an_added_file_is_named(void **state)
{
    static const char *const added[] = {"notes.txt", "tables/extra.csv", ".hidden"};
    struct scratch *scratch = *state;
    struct err e = {0};

    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        const char *path = scratch_path(scratch, arena_printf(scratch->arena, "release/%s", added[i]));

        assert_int_equal(file_write(path, S("x"), 0644, &e), OK);
        assert_int_equal(verify(scratch, "", &e), BAD_INPUT);
        assert_memory_equal(e.what, added[i], strlen(added[i]));
        assert_int_equal(unlink(path), 0);
    }
}

static void a_longer_or_shorter_file_is_named(void **state)
{
    const char *path = scratch_path(*state, "release/tables/lists.csv");
    struct err e = {0};

    assert_int_equal(file_write(path, S("code,people\nLA,95\nx"), 0644, &e), OK);
    assert_int_equal(verify(*state, "", &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "it has 19 bytes, the manifest says 18"));
    assert_int_equal(file_write(path, S(""), 0644, &e), OK);
    assert_int_equal(verify(*state, "", &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "tables/lists.csv: changed"));
}

static void a_link_in_the_place_of_a_file_is_named(void **state)
{
    struct scratch *scratch = *state;
    struct err e = {0};

    assert_int_equal(rename(scratch_path(scratch, "release/tables/a.json"), scratch_path(scratch, "a.json")),
                     0);
    assert_int_equal(symlink("../../a.json", scratch_path(scratch, "release/tables/a.json")), 0);
    assert_int_equal(verify(scratch, "", &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "tables/a.json: changed: it is not a plain file"));
}

static void a_release_signed_with_another_key_is_named(void **state)
{
    struct scratch *scratch = *state;
    struct bundle *b = arena_new(scratch->arena, 1, struct bundle);
    struct err e = {0};

    assert_int_equal(bundle_read(scratch_path(scratch, "release"), S(""), scratch->arena, b, &e), OK);
    const char *first = arena_cstr(scratch->arena, b->public_key.p, b->public_key.n);
    folder_remove(scratch_path(scratch, "release"));
    assert_int_equal(write_with(scratch, 2, &e), OK);
    assert_int_equal(verify(scratch, "", &e), OK);
    assert_int_equal(verify(scratch, first, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "manifest.sig: signed with the key"));
}

static void a_signed_manifest_cannot_name_a_file_outside(void **state)
{
    static const char manifest[] =
        "{\"files\": [{\"name\": \"tables/../../a\", \"bytes\": 1, \"sha256\": \"\"}]}";
    struct scratch *scratch = *state;
    struct bundle *b = arena_new(scratch->arena, 1, struct bundle);
    const struct key key = {{1}};
    struct err e = {0};

    b->manifest = str_of(manifest);
    assert_int_equal(bundle_write(b, scratch_path(scratch, "other"), &key, scratch->arena, &e), OK);
    assert_int_equal(bundle_read(scratch_path(scratch, "other"), S(""), scratch->arena, b, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "names a file no release can have"));
}

static int write_with_little_room(struct scratch *scratch)
{
    const struct rlimit limit = {.rlim_cur = 60, .rlim_max = 60};
    struct err e = {0};

    (void)signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    return (int)write_with(scratch, 1, &e);
}

static void a_full_disk_leaves_nothing(void **state)
{
    struct scratch *scratch = *state;
    struct stat info;
    int outcome = 0;
    pid_t child = fork();

    if (child == 0)
        _exit(write_with_little_room(scratch));
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_int_equal(WEXITSTATUS(outcome), SYSTEM);
    assert_int_equal(stat(scratch_path(scratch, "release"), &info), -1);
    assert_int_equal(rmdir(scratch->folder), 0); /* empty: no temporary folder either */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_folder_as_it_was_written_is_whole, bundle_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_changed_byte_anywhere_is_found_and_its_file_named, bundle_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_missing_file_is_named, bundle_open, scratch_close),
        cmocka_unit_test_setup_teardown(an_added_file_is_named, bundle_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_longer_or_shorter_file_is_named, bundle_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_link_in_the_place_of_a_file_is_named, bundle_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_release_signed_with_another_key_is_named, bundle_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_signed_manifest_cannot_name_a_file_outside, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_nothing, scratch_open, scratch_close),
    };

    return cmocka_run_group_tests_name("bundle", tests, NULL, NULL);
}
