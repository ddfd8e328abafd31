/* lykta forget: what is removed, what the receipt tells, and when nothing is touched. */
#include "../scratch.h"
#include "program.h"

#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

/* SHA-256 of "abc": FIPS 180-2, appendix B.1. */
static const char hash_of_abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static struct str read_back(struct scratch *s, const char *name)
{
    struct str bytes = {NULL, 0};
    struct err e = {OK, ""};

    if (file_read(scratch_path(s, name), 1 << 20, s->arena, &bytes, &e) != OK)
        fail_msg("%s", e.what);
    return bytes;
}

static bool is_there(struct scratch *s, const char *name)
{
    return access(scratch_path(s, name), F_OK) == 0;
}

static void files_are_gone_and_the_receipt_tells_of_each(void **state)
{
    struct scratch *s = *state;

    scratch_write(s, "a.clk", S("abc"));
    scratch_write(s, "linker.key", S("a key (example)"));
    struct program p = program_run_line(s, "forget @a.clk @linker.key -o @receipt.txt");
    struct str receipt = read_back(s, "receipt.txt");

    assert_int_equal(p.status, OK);
    assert_false(is_there(s, "a.clk"));
    assert_false(is_there(s, "linker.key"));
    assert_true(str_starts(receipt, S("lykta-receipt 2\n")));
    const char *first = strstr(receipt.p, "/a.clk\nbytes 3\nsha256 ");
    assert_non_null(first);
    assert_non_null(strstr(first, hash_of_abc));
    assert_non_null(strstr(first, "\nremoved 20"));
    assert_non_null(strstr(first, "/linker.key\nbytes 15\n"));
    assert_null(strstr(receipt.p, "not removed"));
}

/* Somebody who has the file open finds zeros in it. */
static void a_file_is_overwritten_before_its_name_goes(void **state)
{
    struct scratch *s = *state;
    int fd = open(scratch_write(s, "a.clk", S("abc")), O_RDONLY | O_CLOEXEC);
    char left[4] = "xxx";

    assert_int_equal(program_run_line(s, "forget @a.clk -o @receipt.txt").status, OK);
    assert_int_equal(read(fd, left, sizeof left), 3);
    assert_memory_equal(left, "\0\0\0", 3);
    close(fd);
}

static void assert_refused(struct scratch *s, const char *line, int status, const char *says)
{
    struct program p = program_run_line(s, line);

    assert_int_equal(p.status, status);
    assert_non_null(strstr(p.err.p, says));
    assert_true(str_equal(read_back(s, "a.clk"), S("abc")));
}

static void when_one_file_cannot_be_removed_none_is(void **state)
{
    struct scratch *s = *state;
    const char *a = scratch_write(s, "a.clk", S("abc"));

    assert_refused(s, "forget @a.clk @b.clk -o @receipt.txt", BAD_INPUT,
                   "b.clk: cannot be read and overwritten");
    assert_refused(s, "forget @a.clk @a.clk -o @receipt.txt", BAD_INPUT, "is named twice");
    assert_int_equal(mkdir(scratch_path(s, "folder"), 0700), 0);
    assert_refused(s, "forget @a.clk @folder -o @receipt.txt", BAD_INPUT,
                   "folder: cannot be read and overwritten");
    assert_int_equal(symlink(a, scratch_path(s, "other")), 0);
    assert_refused(s, "forget @other -o @receipt.txt", BAD_INPUT, "it is a symbolic link");
    assert_int_equal(link(a, scratch_path(s, "same")), 0);
    assert_refused(s, "forget @a.clk -o @receipt.txt", BAD_INPUT, "has another name");
    assert_false(is_there(s, "receipt.txt"));
}

static void without_a_receipt_nothing_is_removed(void **state)
{
    struct scratch *s = *state;

    scratch_write(s, "a.clk", S("abc"));
    scratch_write(s, "receipt.txt", S("an earlier one"));
    assert_refused(s, "forget @a.clk", USAGE, "needs -o RECEIPT.txt");
    assert_refused(s, "forget @a.clk -o -", USAGE, "needs -o RECEIPT.txt");
    assert_refused(s, "forget @a.clk -o @receipt.txt", BAD_INPUT, "is there already");
    assert_refused(s, "forget @a.clk -o @nowhere/receipt.txt", SYSTEM, "nowhere/receipt.txt");
    assert_true(str_equal(read_back(s, "receipt.txt"), S("an earlier one")));
}

/* Nobody may write files of more than a few KiB here, which stops it at the second one. */
static void what_is_gone_is_told_when_it_fails_half_way(void **state)
{
    struct scratch *s = *state;
    char *big = arena_alloc(s->arena, 100000, 1);
    const char *a = scratch_write(s, "a.clk", S("abc"));
    const char *b = scratch_write(s, "b.clk", (struct str){big, 100000});
    const char *c = scratch_write(s, "c.clk", S("xyz"));
    const char *line =
        arena_printf(s->arena, "trap '' XFSZ; ulimit -f 8; exec '%s' forget '%s' '%s' '%s' -o '%s'",
                     TEST_PROGRAM, a, b, c, scratch_path(s, "receipt.txt"));
    struct program p = program_run_other((const char *const[]){"sh", "-c", line, NULL}, S(""), s->arena);
    struct str receipt = read_back(s, "receipt.txt");

    assert_int_equal(p.status, SYSTEM);
    assert_non_null(strstr(p.err.p, "b.clk: cannot be overwritten"));
    assert_false(is_there(s, "a.clk"));
    assert_true(is_there(s, "b.clk"));
    assert_true(str_equal(read_back(s, "c.clk"), S("xyz")));
    const char *first = strstr(receipt.p, "/a.clk\n");
    const char *second = strstr(receipt.p, "/b.clk\n");
    const char *third = strstr(receipt.p, "/c.clk\n");
    assert_true(first && second && third);
    const char *removed = strstr(first, "\nremoved 20");
    assert_true(removed && removed < second);
    assert_true(strstr(second, "\nnot removed\n") < third);
    assert_null(strstr(second, "\nremoved 20"));
    assert_non_null(strstr(third, "\nnot removed\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(files_are_gone_and_the_receipt_tells_of_each),
        WITH_SCRATCH(a_file_is_overwritten_before_its_name_goes),
        WITH_SCRATCH(when_one_file_cannot_be_removed_none_is),
        WITH_SCRATCH(without_a_receipt_nothing_is_removed),
        WITH_SCRATCH(what_is_gone_is_told_when_it_fails_half_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
