/* Files of results: taken for what they hold, and never for what they are called alone. */
#include "results/results_file.h"

#include "../scratch.h"
#include "../unit.h"

#include "base/arena.h"

#include <string.h>

#include <zip.h>

static struct arena *arena_of(void **state)
{
    return ((struct scratch *)*state)->arena;
}

static enum results_fault judge(void **state, enum results_part part, const char *name, struct str bytes,
                                struct results_file *out)
{
    return results_file_judge(part, str_of(name), bytes, arena_of(state), out);
}

/* A ZIP file made by libzip, with these names; the last is NULL. */
static struct str zip_of(void **state, const char *const *names)
{
    zip_error_t fault;
    zip_stat_t is;
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &fault);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &fault);

    zip_source_keep(target);
    for (; *names; names++)
        assert_true(zip_file_add(zip, *names, zip_source_buffer(zip, "x <- 1", 6, 0), ZIP_FL_ENC_UTF_8) >= 0);
    assert_int_equal(zip_close(zip), 0);
    assert_int_equal(zip_source_stat(target, &is), 0);
    char *bytes = arena_new(arena_of(state), is.size, char);
    assert_int_equal(zip_source_open(target), 0);
    assert_int_equal(zip_source_read(target, bytes, is.size), is.size);
    zip_source_close(target);
    zip_source_free(target);
    return (struct str){bytes, is.size};
}

static void each_part_takes_its_kinds_under_a_name_of_ours(void **state)
{
    struct results_file file;

    assert_int_equal(judge(state, RESULTS_METHOD, "Anna.PDF", S("%PDF-1.7\n"), &file), RESULTS_FINE);
    assert_str(file.name, "metod.pdf");
    assert_int_equal(file.size, 9);
    assert_int_equal(judge(state, RESULTS_METHOD, "metod.md", S("# Så gjorde vi\n"), &file), RESULTS_FINE);
    assert_int_equal(judge(state, RESULTS_CODE, "analys.R", S("x <- 1\n"), &file), RESULTS_FINE);
    assert_str(file.name, "kod.r");
    assert_int_equal(
        judge(state, RESULTS_CODE, "allt.zip", zip_of(state, (const char *const[]){"a.r", NULL}), &file),
        RESULTS_FINE);
    assert_str(file.name, "kod.zip");
}

static void other_kinds_are_refused_by_their_names(void **state)
{
    struct results_file file;

    assert_int_equal(judge(state, RESULTS_METHOD, "m.docx", S("x"), &file), RESULTS_WRONG_NAME);
    assert_int_equal(judge(state, RESULTS_METHOD, "m.html", S("<p>"), &file), RESULTS_WRONG_NAME);
    assert_int_equal(judge(state, RESULTS_METHOD, "m.zip", S("x"), &file), RESULTS_WRONG_NAME);
    assert_int_equal(judge(state, RESULTS_CODE, "k.pdf", S("%PDF-1.7"), &file), RESULTS_WRONG_NAME);
    assert_int_equal(judge(state, RESULTS_CODE, ".zip", S("x"), &file), RESULTS_WRONG_NAME);
    assert_int_equal(judge(state, RESULTS_CODE, "", S("x"), &file), RESULTS_WRONG_NAME);
}

static void a_file_that_holds_something_else_is_refused(void **state)
{
    struct results_file file;

    assert_int_equal(judge(state, RESULTS_METHOD, "m.pdf", S("MZ\x90"), &file), RESULTS_OTHERWISE);
    assert_int_equal(judge(state, RESULTS_METHOD, "m.txt", S("a\0b"), &file), RESULTS_OTHERWISE);
    assert_int_equal(judge(state, RESULTS_METHOD, "m.txt", S("\xe5\xe4\xf6"), &file), RESULTS_OTHERWISE);
    assert_int_equal(judge(state, RESULTS_CODE, "k.zip", S("PK\3\4 and no more"), &file), RESULTS_OTHERWISE);
}

static void a_file_may_be_as_large_as_is_said_and_no_larger(void **state)
{
    char *bytes = arena_new(arena_of(state), RESULTS_FILE_BYTES + 1, char);
    struct results_file file;

    memset(bytes, '\n', RESULTS_FILE_BYTES + 1);
    assert_int_equal(judge(state, RESULTS_CODE, "k.r", (struct str){bytes, RESULTS_FILE_BYTES}, &file),
                     RESULTS_FINE);
    assert_int_equal(judge(state, RESULTS_CODE, "k.r", (struct str){bytes, RESULTS_FILE_BYTES + 1}, &file),
                     RESULTS_TOO_LARGE);
}

/* A number of nobody: Skatteverket's test numbers. */
static void a_text_with_a_personal_identity_number_is_refused(void **state)
{
    struct results_file file;

    assert_int_equal(judge(state, RESULTS_CODE, "k.r", S("id <- \"19900101-9802\"\n"), &file),
                     RESULTS_PERSON);
    assert_int_equal(judge(state, RESULTS_CODE, "k.r", S("seed <- 20260101\n"), &file), RESULTS_FINE);
}

static void the_names_in_a_zip_file_are_told(void **state)
{
    const struct str zip = zip_of(state, (const char *const[]){"läs mig.txt", "r/analys.r", NULL});
    struct str *name = NULL;
    size_t n = 0;

    assert_true(results_zip_names(zip, arena_of(state), &name, &n));
    assert_int_equal(n, 2);
    assert_str(name[0], "läs mig.txt");
    assert_str(name[1], "r/analys.r");
}

static void a_zip_file_that_leads_out_of_its_folder_is_refused(void **state)
{
    static const char *const bad[] = {"../a.r", "r/../../a.r", "/etc/a.r", "r\\a.r", "C:a.r"};
    struct str *name = NULL;
    size_t n = 0;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct str zip = zip_of(state, (const char *const[]){"a.r", bad[i], NULL});

        if (results_zip_names(zip, arena_of(state), &name, &n))
            fail_msg("%s is taken", bad[i]);
    }
}

/* Cut anywhere, or with any byte of its table otherwise: refused, or read within its bytes. */
static void a_damaged_zip_file_is_never_read_beyond_its_end(void **state)
{
    const struct str zip = zip_of(state, (const char *const[]){"a.r", "b.r", NULL});
    struct str *name = NULL;
    size_t n = 0;

    for (size_t cut = 0; cut < zip.n; cut++) {
        char *part = arena_new(arena_of(state), cut + 1, char);

        memcpy(part, zip.p, cut);
        assert_false(results_zip_names((struct str){part, cut}, arena_of(state), &name, &n));
    }
    for (size_t at = 0; at < zip.n; at++) {
        char *other = arena_new(arena_of(state), zip.n, char);

        memcpy(other, zip.p, zip.n);
        other[at] = (char)(other[at] ^ 0xff);
        if (results_zip_names((struct str){other, zip.n}, arena_of(state), &name, &n))
            for (size_t i = 0; i < n; i++)
                assert_true(name[i].n > 0 && name[i].n < zip.n);
    }
}

static void a_zip_file_locked_with_a_password_is_refused(void **state)
{
    const struct str zip = zip_of(state, (const char *const[]){"a.r", NULL});
    struct str *name = NULL;
    size_t n = 0;
    char *entry = memmem(zip.p, zip.n, "PK\1\2", 4);

    assert_non_null(entry);
    entry[8] |= 1;
    assert_false(results_zip_names(zip, arena_of(state), &name, &n));
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(each_part_takes_its_kinds_under_a_name_of_ours),
        IN_SCRATCH(other_kinds_are_refused_by_their_names),
        IN_SCRATCH(a_file_that_holds_something_else_is_refused),
        IN_SCRATCH(a_file_may_be_as_large_as_is_said_and_no_larger),
        IN_SCRATCH(a_text_with_a_personal_identity_number_is_refused),
        IN_SCRATCH(the_names_in_a_zip_file_are_told),
        IN_SCRATCH(a_zip_file_that_leads_out_of_its_folder_is_refused),
        IN_SCRATCH(a_damaged_zip_file_is_never_read_beyond_its_end),
        IN_SCRATCH(a_zip_file_locked_with_a_password_is_refused),
    };

    return cmocka_run_group_tests_name("results file", tests, NULL, NULL);
}
