/* Files whole or not at all, and arenas. */
#include "base/file.h"

#include "../unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test, with the test's paths in it. */
struct place {
    struct arena *arena;
    char folder[64];
    char file[80];
};

static int place_open(void **state)
{
    struct place *p = calloc(1, sizeof *p);

    assert_non_null(p);
    p->arena = arena_open();
    snprintf(p->folder, sizeof p->folder, "/tmp/lykta-test-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->file, sizeof p->file, "%s/file", p->folder);
    *state = p;
    return 0;
}

static int place_close(void **state)
{
    struct place *p = *state;

    folder_remove(p->folder);
    assert_int_equal(access(p->folder, F_OK), -1);
    arena_close(p->arena);
    free(p);
    return 0;
}

static void what_is_written_is_read_back(void **state)
{
    struct place *p = *state;
    struct str back;
    struct err e;

    assert_int_equal(file_write(p->file, S("hej\0då"), 0600, &e), OK);
    assert_int_equal(file_read(p->file, 100, p->arena, &back, &e), OK);
    assert_str(back, "hej\0då");
    struct stat info;
    assert_int_equal(stat(p->file, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void a_small_file_takes_little_memory(void **state)
{
    struct place *p = *state;
    struct str back;
    struct err e;

    assert_int_equal(file_write(p->file, S("a public key of 32 bytes, or so."), 0600, &e), OK);
    const size_t before = arena_bytes(p->arena);
    assert_int_equal(file_read(p->file, 4096, p->arena, &back, &e), OK);
    assert_int_equal(back.n, 32);
    assert_true(arena_bytes(p->arena) - before <= 64);
}

/* Larger and smaller than what is read at once, and a kind that does not say how much it holds. */
static void files_of_every_size_are_read_whole(void **state)
{
    static const size_t sizes[] = {0, 1, 65534, 65535, 65536, 65537, 300000};
    struct place *p = *state;
    struct str back;
    struct err e;

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char *bytes = arena_new(p->arena, sizes[i] + 1, char);

        memset(bytes, 'x', sizes[i]);
        assert_int_equal(file_write(p->file, (struct str){bytes, sizes[i]}, 0600, &e), OK);
        assert_int_equal(file_read(p->file, sizes[i], p->arena, &back, &e), OK);
        assert_true(str_equal(back, (struct str){bytes, sizes[i]}));
    }
    assert_int_equal(file_read("/proc/self/status", 1 << 20, p->arena, &back, &e), OK);
    assert_true(back.n > 100);
}

static void a_file_larger_than_the_limit_is_refused(void **state)
{
    struct place *p = *state;
    struct str back;
    struct err e;

    assert_int_equal(file_write(p->file, S("12345"), 0644, &e), OK);
    assert_int_equal(file_read(p->file, 4, p->arena, &back, &e), BAD_INPUT);
    assert_says(e, "larger than 4 bytes");
}

static void an_endless_stream_is_cut_at_the_limit(void **state)
{
    struct place *p = *state;
    struct str back;
    struct err e;

    assert_int_equal(file_read("/dev/zero", 1000000, p->arena, &back, &e), BAD_INPUT);
    assert_says(e, "larger than");
}

static void a_missing_file_and_a_folder_are_refused(void **state)
{
    struct place *p = *state;
    struct str back;
    struct err e;

    assert_int_equal(file_read(p->file, 100, p->arena, &back, &e), BAD_INPUT);
    assert_says(e, "cannot be opened");
    assert_int_equal(file_read(p->folder, 100, p->arena, &back, &e), BAD_INPUT);
}

/* The limit on file size stands for a full disk: write() fails in the middle. */
static void a_failed_write_leaves_the_old_file_and_nothing_else(void **state)
{
    struct place *p = *state;
    struct rlimit old;
    struct str back;
    struct err e;
    static const char big[100000];

    assert_int_equal(file_write(p->file, S("old"), 0644, &e), OK);
    getrlimit(RLIMIT_FSIZE, &old);
    (void)signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, old.rlim_max});
    enum status s = file_write(p->file, (struct str){big, sizeof big}, 0644, &e);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_int_equal(s, SYSTEM);
    assert_int_equal(file_read(p->file, 100, p->arena, &back, &e), OK);
    assert_str(back, "old");
    assert_int_equal(unlink(p->file), 0);
    assert_int_equal(rmdir(p->folder), 0); /* only an empty folder can be removed so */
    assert_int_equal(mkdir(p->folder, 0700), 0);
}

static void a_folder_is_put_in_place_once(void **state)
{
    struct place *p = *state;
    struct err e;
    char temporary[80];

    snprintf(temporary, sizeof temporary, "%s/a.tmp", p->folder);
    assert_int_equal(folder_make(temporary, 0755, &e), OK);
    assert_int_equal(folder_make(temporary, 0755, &e), BAD_INPUT);
    assert_int_equal(folder_commit(temporary, p->file, &e), OK);
    assert_int_equal(folder_make(temporary, 0755, &e), OK);
    assert_int_equal(folder_commit(temporary, p->file, &e), BAD_INPUT);
}

static void removing_a_folder_does_not_follow_links(void **state)
{
    struct place *p = *state;
    struct err e;
    char folder[80];
    char link_path[96];

    assert_int_equal(file_write(p->file, S("kept"), 0644, &e), OK);
    snprintf(folder, sizeof folder, "%s/gone", p->folder);
    snprintf(link_path, sizeof link_path, "%s/link", folder);
    assert_int_equal(folder_make(folder, 0755, &e), OK);
    assert_int_equal(symlink(p->folder, link_path), 0);
    folder_remove(folder);
    assert_int_equal(access(folder, F_OK), -1);
    assert_int_equal(access(p->file, F_OK), 0);
}

static void an_arena_gives_zeroed_memory_also_after_a_reset(void **state)
{
    struct place *p = *state;

    memset(arena_new(p->arena, 100000, char), 1, 100000);
    arena_reset(p->arena);
    char *again = arena_new(p->arena, 100000, char);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(again[i], 0);
}

static void a_growing_list_keeps_its_items(void **state)
{
    struct place *p = *state;
    int *list = NULL;
    size_t room = 0;

    for (int i = 0; i < 1000; i++) {
        list = arena_grow(p->arena, list, (size_t)i + 1, &room, sizeof *list);
        list[i] = i;
    }
    assert_int_equal(list[0], 0);
    assert_int_equal(list[999], 999);
}

static void a_failure_is_told_from_the_outside_in(void **state)
{
    struct err e;

    (void)state;
    assert_int_equal(err_set(&e, BAD_INPUT, "row %d is wrong", 3), BAD_INPUT);
    assert_int_equal(err_in(&e, "%s", "list.csv"), BAD_INPUT);
    assert_string_equal(e.what, "list.csv: row 3 is wrong");
}

static void a_very_long_failure_is_cut_and_still_ends(void **state)
{
    struct err e;
    char long_name[1000];

    (void)state;
    memset(long_name, 'x', sizeof long_name);
    long_name[sizeof long_name - 1] = '\0';
    err_set(&e, SYSTEM, "%s", long_name);
    err_in(&e, "%s", long_name);
    assert_int_equal(strlen(e.what), sizeof e.what - 1);
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

static void a_file_that_is_abandoned_was_never_there(void **state)
{
    struct place *p = *state;
    struct file_out *f = NULL;
    struct err e;

    assert_int_equal(file_begin(&f, p->file, 0600, p->arena, &e), OK);
    struct sink to = file_sink(f);
    assert_int_equal(sink_put(&to, S("half"), &e), OK);
    file_abandon(f);
    file_abandon(f);
    assert_int_equal(access(p->file, F_OK), -1);
    assert_int_equal(rmdir(p->folder), 0); /* nor is anything else */
    assert_int_equal(mkdir(p->folder, 0700), 0);
}

static void a_file_in_pieces_appears_when_it_is_whole(void **state)
{
    struct place *p = *state;
    struct file_out *f = NULL;
    struct str back;
    struct err e;

    assert_int_equal(file_begin(&f, p->file, 0640, p->arena, &e), OK);
    struct sink to = file_sink(f);
    assert_int_equal(sink_put(&to, S("one "), &e), OK);
    assert_int_equal(access(p->file, F_OK), -1);
    assert_int_equal(sink_put(&to, S("two"), &e), OK);
    assert_int_equal(file_commit(f, &e), OK);
    assert_int_equal(file_read(p->file, 100, p->arena, &back, &e), OK);
    assert_str(back, "one two");
}

static void a_mapped_file_is_seen_as_it_is(void **state)
{
    struct place *p = *state;
    struct file_map map;
    struct err e;

    assert_int_equal(file_write(p->file, S("hej"), 0600, &e), OK);
    assert_int_equal(file_map_open(&map, p->file, &e), OK);
    assert_str(map.bytes, "hej");
    file_map_close(&map);
    assert_int_equal(file_write(p->file, S(""), 0600, &e), OK);
    assert_int_equal(file_map_open(&map, p->file, &e), OK);
    assert_int_equal(map.bytes.n, 0);
    file_map_close(&map);
    assert_int_equal(file_map_open(&map, p->folder, &e), BAD_INPUT);
    assert_int_equal(file_map_open(&map, "/no/such/file", &e), BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(what_is_written_is_read_back),
        IN_PLACE(a_file_that_is_abandoned_was_never_there),
        IN_PLACE(a_file_in_pieces_appears_when_it_is_whole),
        IN_PLACE(a_mapped_file_is_seen_as_it_is),
        IN_PLACE(a_file_larger_than_the_limit_is_refused),
        IN_PLACE(an_endless_stream_is_cut_at_the_limit),
        IN_PLACE(a_small_file_takes_little_memory),
        IN_PLACE(files_of_every_size_are_read_whole),
        IN_PLACE(a_missing_file_and_a_folder_are_refused),
        IN_PLACE(a_failed_write_leaves_the_old_file_and_nothing_else),
        IN_PLACE(a_folder_is_put_in_place_once),
        IN_PLACE(removing_a_folder_does_not_follow_links),
        IN_PLACE(an_arena_gives_zeroed_memory_also_after_a_reset),
        IN_PLACE(a_growing_list_keeps_its_items),
        cmocka_unit_test(a_failure_is_told_from_the_outside_in),
        cmocka_unit_test(a_very_long_failure_is_cut_and_still_ends),
    };

    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
